import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { FakeClock } from '../../../../../tests/fixtures/FakeClock';
import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { attach, fetchAttachment, filesOnDisk, type Place } from '../../../../../tests/support/attachments';
import { databaseSnapshot } from '../../../../../tests/support/databaseSnapshot';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { jobsDone } from '../../../../../tests/support/jobsDone';
import { keysBelow } from '../../../../../tests/support/keysBelow';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { aPicture } from '../../../../../tests/support/pictures';
import { S3Server } from '../../../../../tests/support/S3Server';
import { makeTask } from '../../../../../tests/support/tasks';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { sendParts, type Part } from '../../../../../tests/support/upload';
import { ContentSweep } from '../../../../core/application/ContentSweep';
import type { FileStorage } from '../../../../core/application/FileStorage';
import { newId, type WorkspaceId } from '../../../../core/domain/Id';
import { RemoveOrphans } from '../../application/RemoveOrphans';
import type { Uploads } from '../../application/Uploads';
import type { FileId } from '../../domain/FileId';

const MAX_BYTES = 25 * 1024 * 1024;

describe.each(['local', 's3'])('Files attached to tasks, in a storage that is %s', (kind) => {
  let s3: S3Server | null;
  let platform: TestPlatform;
  let owner: Person;
  let member: Person;
  let viewer: Person;
  let workspaceId: string;
  let api: ApiClient;
  let place: Place;

  beforeAll(async () => {
    s3 = kind === 's3' ? await S3Server.start() : null;
    platform = await TestPlatform.start(s3 ? { environment: s3.environment } : {});
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
    [member, viewer] = await Promise.all([
      addMember(platform, owner, workspaceId),
      addMember(platform, owner, workspaceId, { role: 'viewer' }),
    ]);
    api = platform.api.as(member.accessToken, workspaceId);
  });

  beforeEach(async () => {
    place = { workspaceId, taskId: (await makeTask(api)).id };
  });

  afterAll(async () => {
    await platform.stop();
    await s3?.stop();
  });

  const service = <Service>(name: string): Service => platform.service<Service>(name);
  const storage = (): FileStorage => service('fileStorage');
  const runJob = (name: string): Promise<void> => service<{ run(): Promise<void> }>(name).run();
  const keys = (): Promise<string[]> => keysBelow(storage(), 'workspaces');
  const keyOf = (id: string, workspace = workspaceId): string => `workspaces/${workspace}/files/${id}`;
  const usage = async (workspace = workspaceId): Promise<number> => {
    const sum = 'SELECT bytes::int FROM file_usage WHERE workspace_id = $1';
    const [row] = await platform.query<{ bytes: number }>(sum, [workspace]);
    return row?.bytes ?? 0;
  };
  const list = async (query = ''): Promise<{ id: string; name: string }[]> =>
    (await api.get(`/tasks/${place.taskId}/attachments${query}`)).body.data;
  /** The content of a file, wherever it is handed over, and the headers that it comes with. */
  const download = async (person: Person, id: string): Promise<{ content: Buffer; headers: Headers; url: string }> => {
    const answer = await fetchAttachment(platform, person, place, id);
    const location = answer.headers.get('location');
    const final = location === null ? answer : await fetch(location);
    expect([answer.status, final.status]).toEqual([location === null ? 200 : 302, 200]);
    return { content: Buffer.from(await final.arrayBuffer()), headers: final.headers, url: location ?? '' };
  };

  it('are uploaded, listed, downloaded as they were, and deleted with all that they took', async () => {
    const before = await usage();
    const content = randomBytes(6 * 1024 * 1024);
    const { status, body, headers } = await attach(platform, member, place, content, { name: 'Plan ä.bin' });
    expect([status, body.data]).toEqual([
      201,
      {
        id: expect.any(String),
        taskId: place.taskId,
        name: 'Plan ä.bin',
        type: 'application/octet-stream',
        bytes: content.length,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        uploadedBy: member.id,
        createdAt: expect.any(String),
      },
    ]);
    const { id } = body.data;
    expect(headers.get('location')).toBe(`/api/v1/tasks/${place.taskId}/attachments/${id}`);
    expect(await list()).toEqual([body.data]);
    expect(await usage()).toBe(before + content.length);

    const found = await download(viewer, id);
    expect(found.content.equals(content)).toBe(true);
    expect(found.headers.get('content-disposition')).toBe(
      `attachment; filename="Plan _.bin"; filename*=UTF-8''Plan%20%C3%A4.bin`,
    );
    expect(found.headers.get('content-type')).toBe('application/octet-stream');

    expect((await api.delete(`/tasks/${place.taskId}/attachments/${id}`)).status).toBe(204);
    expect(await list()).toEqual([]);
    expect((await fetchAttachment(platform, member, place, id)).status).toBe(404);
    await jobsDone(platform);
    expect(await keys()).not.toContain(keyOf(id));
    expect(await usage()).toBe(before);
  });

  it('are pictures to be shown, by their content', async () => {
    const picture = await aPicture('webp');
    const { id, type } = (await attach(platform, member, place, picture, { name: 'page.html' })).body.data;
    const { headers } = await download(viewer, id);
    expect([type, headers.get('content-type')]).toEqual(['image/webp', 'image/webp']);
    expect(headers.get('content-disposition')).toBe('inline; filename="page.html"');
  });

  it('are for those who may', async () => {
    const unread = await attach(platform, viewer, place, Buffer.from('x'));
    expect([unread.status, unread.body.permission]).toEqual([403, 'files.create']);
    const { id } = (await attach(platform, owner, place, Buffer.from('x'))).body.data;
    const path = `/tasks/${place.taskId}/attachments/${id}`;
    const refused = await api.delete(path);
    expect([refused.status, refused.body.permission]).toEqual([403, 'files.delete']);
    expect((await owner.api.delete(path, undefined, { 'X-Workspace-Id': workspaceId })).status).toBe(204);
  });

  it('are not there for a task that is not, or not any more, and none of their content is taken in', async () => {
    const { id } = (await attach(platform, member, place, Buffer.from('x'))).body.data;
    const { taskId } = place;
    const stored = await keys();
    const takenIn = jest.spyOn(storage(), 'put');
    expectProblem(await attach(platform, member, { workspaceId, taskId: newId() }, Buffer.from('x')), 404, 'NOT_FOUND');
    const other = await makeTask(api);
    expect((await fetchAttachment(platform, member, { workspaceId, taskId: other.id }, id)).status).toBe(404);

    await owner.api.delete(`/tasks/${taskId}`, undefined, { 'X-Workspace-Id': workspaceId });
    for (const answer of [
      await attach(platform, member, place, Buffer.from('x')),
      await api.get(`/tasks/${taskId}/attachments`),
      await api.delete(`/tasks/${taskId}/attachments/${id}`),
    ])
      expectProblem(answer, 404, 'NOT_FOUND');
    expect(takenIn).not.toHaveBeenCalled();
    takenIn.mockRestore();
    expect(await keys()).toEqual(stored);
  });

  it('are listed page by page, in the order that is asked for', async () => {
    for (const name of ['b.txt', 'c.txt', 'a.txt']) await attach(platform, member, place, Buffer.from('x'), { name });
    const names = async (query: string) => (await list(query)).map(({ name }) => name);
    expect(await names('')).toEqual(['b.txt', 'c.txt', 'a.txt']);
    expect(await names('?sort=-name')).toEqual(['c.txt', 'b.txt', 'a.txt']);
    const { body } = await api.get(`/tasks/${place.taskId}/attachments?limit=2`);
    expect(await names(`?limit=2&cursor=${body.meta.nextCursor}`)).toEqual(['a.txt']);
    const elsewhere = await makeTask(api);
    const { status } = await api.get(`/tasks/${elsewhere.id}/attachments?limit=2&cursor=${body.meta.nextCursor}`);
    expect(status).toBe(400);
  });

  it('are kept once under one Idempotency-Key, and not at all under that of another file', async () => {
    const options = { headers: { 'Idempotency-Key': newId<string>() } };
    const first = await attach(platform, member, place, Buffer.from('once'), options);
    const [stored, used] = [await keys(), await usage()];
    const again = await attach(platform, member, place, Buffer.from('once'), options);
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expectProblem(await attach(platform, member, place, Buffer.from('other'), options), 422, 'IDEMPOTENCY_MISMATCH');
    expect([await keys(), await usage(), (await list()).length]).toEqual([stored, used, 1]);
  });

  it('are of at most 25 MiB', async () => {
    const stored = await keys();
    const before = await databaseSnapshot(platform);
    expectProblem(await attach(platform, member, place, Buffer.alloc(MAX_BYTES + 1)), 413, 'PAYLOAD_TOO_LARGE');
    expect(await keys()).toEqual(stored);
    // What had been in use is told to the byte again.
    expect(await databaseSnapshot(platform)).toEqual(before);
    expect((await attach(platform, member, place, Buffer.alloc(MAX_BYTES))).status).toBe(201);
  });

  it.each<[string, readonly Part[], string]>([
    ['without a file', [], 'file'],
    ['under another name', [['picture', Buffer.from('x')]], 'picture'],
    [
      'with another field behind',
      [
        ['file', Buffer.from('y')],
        ['taskId', 'x'],
      ],
      'body',
    ],
    [
      'twice',
      [
        ['file', Buffer.from('x')],
        ['file', Buffer.from('y')],
      ],
      'body',
    ],
  ])('are refused %s, and nothing of them stays', async (_what, parts, field) => {
    const stored = await keys();
    const route = ['POST', `/tasks/${place.taskId}/attachments`] as const;
    expectInvalid(await sendParts(platform, member, route, parts, { 'X-Workspace-Id': workspaceId }), field);
    expect([await keys(), await list()]).toEqual([stored, []]);
  });

  it('find no room beyond the quota, which a workspace may lower', async () => {
    const limited = await makeWorkspace(member);
    const own = platform.api.as(member.accessToken, limited);
    const there = { workspaceId: limited, taskId: (await makeTask(own)).id };
    await own.put(`/workspaces/${limited}`, { settings: { limits: { maxFileBytes: 3000 } } });
    const attachOf = (bytes: number) => attach(platform, member, there, Buffer.alloc(bytes));
    const first = await attachOf(2000);
    expect(first.status).toBe(201);
    expectProblem(await attachOf(2000), 413, 'QUOTA_EXCEEDED');
    expect(await usage(limited)).toBe(2000);
    await own.delete(`/tasks/${there.taskId}/attachments/${first.body.data.id}`);
    expect((await attachOf(2000)).status).toBe(201);
  });

  it('that never came to be go an hour later, and give their room back', async () => {
    const [file, used] = [newId<string>(), await usage()];
    const aged = async (id: string, age: string): Promise<void> => {
      await storage().put(keyOf(id), Readable.from(['half of it']));
      await platform.query(
        `INSERT INTO files (workspace_id, id, name, status, bytes, uploaded_by, created_at, version)
         VALUES ($1, $2, 'x', 'uploading', 100, $3, now() - $4::interval, 1)`,
        [workspaceId, id, member.id, age],
      );
    };
    const recent = newId<string>();
    await aged(file, '61 minutes');
    await aged(recent, '59 minutes');
    await runJob('dropUnfinishedUploads');
    expect(await keys()).not.toContain(keyOf(file));
    expect(await keys()).toContain(keyOf(recent));
    expect(await usage()).toBe(used + 100);
    await platform.query(`UPDATE files SET created_at = now() - interval '1 day' WHERE id = $1`, [recent]);
    await runJob('dropUnfinishedUploads');
    expect(await usage()).toBe(used);
  });

  it('are let go of on their way only', async () => {
    const { id } = (await attach(platform, member, place, Buffer.from('kept'))).body.data;
    const uploads = service<Uploads>('uploads');
    for (const each of [id, newId<FileId>()]) await uploads.drop(workspaceId as WorkspaceId, each);
    expect((await download(viewer, id)).content.toString()).toBe('kept');
  });

  it('that are attached to nothing any more go, and contents that nobody knows', async () => {
    const { id: kept } = (await attach(platform, member, place, Buffer.from('kept'))).body.data;
    const other = { workspaceId, taskId: (await makeTask(api)).id };
    const { id: lost } = (await attach(platform, member, other, Buffer.from('lost'))).body.data;
    await platform.query('DELETE FROM task_attachments WHERE id = $1', [lost]);
    const [unknown, purged] = [keyOf(newId()), keyOf(newId(), newId())];
    const archive = `workspaces/${workspaceId}/exports/${newId()}.zip`;
    for (const key of [unknown, purged, archive]) await storage().put(key, Readable.from(['content']));

    await runJob('removeOrphans');
    await jobsDone(platform);
    expect(await keys()).not.toContain(keyOf(lost));
    // They may be of an upload that has just begun.
    expect(await keys()).toEqual(expect.arrayContaining([unknown, purged]));

    const tomorrow = new FakeClock(new Date(Date.now() + 25 * 60 * 60 * 1000));
    const contentSweep = new ContentSweep(storage(), tomorrow);
    await new RemoveOrphans(service('fileQueries'), service('deleteFile'), contentSweep, service('unitOfWork')).run();
    const left = await keys();
    for (const key of [unknown, purged]) expect(left).not.toContain(key);
    expect(left).toEqual(expect.arrayContaining([keyOf(kept), archive]));
    await storage().remove(archive);
  });

  if (kind === 's3') {
    it('are handed over by the storage itself, at a URL for a minute', async () => {
      const { id } = (await attach(platform, member, place, Buffer.from('text'))).body.data;
      const answer = await fetchAttachment(platform, viewer, place, id);
      expect(answer.status).toBe(302);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const url = new URL(answer.headers.get('location') ?? '');
      expect(url.origin).toBe(s3?.settings.endpoint);
      expect(url.searchParams.get('X-Amz-Expires')).toBe('60');
    });

    it('wait for a storage that does not answer, which costs no room', async () => {
      const used = await usage();
      const health = async (): Promise<unknown> => (await fetch(`${platform.address}/readyz`)).json();
      expect(await health()).toMatchObject({ status: 'ready', checks: { storage: { condition: 'up' } } });
      await s3?.pause();
      expect(await health()).toMatchObject({ status: 'degraded', checks: { storage: { condition: 'degraded' } } });
      expectProblem(await attach(platform, member, place, Buffer.from('x')), 503, 'SERVICE_UNAVAILABLE', {
        retryAfter: 2,
      });
      await s3?.resume();
      expect(await usage()).toBe(used);
      expect((await attach(platform, member, place, Buffer.from('x'))).status).toBe(201);
    });
  } else {
    it('are known again by their ETag, and deleted as what they are', async () => {
      const { id, sha256 } = (await attach(platform, member, place, Buffer.from('text'))).body.data;
      const answer = await fetchAttachment(platform, viewer, place, id);
      expect(answer.headers.get('etag')).toBe(`"${sha256}"`);
      const known = await fetchAttachment(platform, viewer, place, id, { headers: { 'If-None-Match': `"${sha256}"` } });
      expect(known.status).toBe(304);
      const head = await fetchAttachment(platform, viewer, place, id, { method: 'HEAD' });
      expect([head.status, head.headers.get('content-length')]).toEqual([200, '4']);
      const path = `/tasks/${place.taskId}/attachments/${id}`;
      expectProblem(await api.delete(path, undefined, { 'If-Match': '"other"' }), 412, 'PRECONDITION_FAILED');
      expect((await api.delete(path, undefined, { 'If-Match': `"${sha256}"` })).status).toBe(204);
    });

    it('can not be had from a node that does not reach them', async () => {
      const { id } = (await attach(platform, member, place, Buffer.from('text'))).body.data;
      await storage().remove(keyOf(id));
      const answer = await fetchAttachment(platform, viewer, place, id);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
    });

    it('leave nothing on the disk but themselves', async () => {
      const before = await filesOnDisk(platform);
      const { id } = (await attach(platform, member, place, Buffer.from('text'))).body.data;
      expect((await filesOnDisk(platform)).filter((name) => !before.includes(name))).toEqual([id]);
    });
  }
});
