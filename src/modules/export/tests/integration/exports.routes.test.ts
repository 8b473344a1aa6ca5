import { createHash } from 'node:crypto';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { RecordingMailer } from '../../../../../tests/fixtures/RecordingMailer';
import {
  archiveOf,
  fetchArchive,
  makeExport,
  readArchive,
  rowsIn,
  type ArchiveContent,
} from '../../../../../tests/support/archives';
import { eventually } from '../../../../../tests/support/eventually';
import { fullWorkspace } from '../../../../../tests/support/fullWorkspace';
import { openFiles } from '../../../../../tests/support/openFiles';
import { expectProblem } from '../../../../../tests/support/expectProblem';
import { addMember, makeWorkspace, signUp, type Person } from '../../../../../tests/support/people';
import { silentLogger } from '../../../../../tests/support/silentLogger';
import { makeRole } from '../../../../../tests/support/roles';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId, type WorkspaceId } from '../../../../core/domain/Id';
import { UnavailableError } from '../../../../core/errors/UnavailableError';
import type { ExpireArchives } from '../../application/ExpireArchives';
import { MailOwnerOnExportReady } from '../../application/MailOwnerOnExportReady';
import { MakeArchive } from '../../application/MakeArchive';
import type { WorkspaceArchives } from '../../application/WorkspaceArchives';
import { exportReady } from '../../domain/events';
import type { ExportId } from '../../domain/ExportId';

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

describe('Exports', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let files: string;

  const service = <Service>(name: string): Service => platform.platform.container.get<Service>(name);

  beforeAll(async () => {
    platform = await TestPlatform.start();
    files = join(service<string>('dataDir'), 'files');
    owner = await signUp(platform, { name: 'Olga Owner' });
    workspaceId = await makeWorkspace(owner);
  });

  afterAll(() => platform.stop());

  /** What lies in the storage for a workspace. */
  const stored = (workspace: string): Promise<string[]> =>
    readdir(join(files, 'workspaces', workspace, 'exports')).catch(() => []);

  describe('POST /workspaces/:id/exports', () => {
    it('makes an archive, which tells its state, waits to be downloaded, and is announced by mail', async () => {
      const asked = await owner.api.post(`/workspaces/${workspaceId}/exports`);
      expect(asked.status).toBe(201);
      const { id, createdAt, expiresAt } = asked.body.data;
      expect(asked.headers.get('location')).toBe(`/api/v1/workspaces/${workspaceId}/exports/${id}`);
      expect(asked.body.data).toMatchObject({
        status: 'pending',
        requestedBy: owner.id,
        downloadUrl: null,
        sha256: null,
      });
      expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(7 * 24 * 60 * 60 * 1000);

      const ready = await eventually(async () => {
        const { body } = await owner.api.get(`/workspaces/${workspaceId}/exports/${id}`);
        expect(body.data.status).toBe('ready');
        return body.data;
      });
      expect(ready.downloadUrl).toBe(`/api/v1/workspaces/${workspaceId}/exports/${id}/archive`);
      const answer = await fetchArchive(platform, owner, ready.downloadUrl);
      const archive = Buffer.from(await answer.arrayBuffer());
      expect({ status: answer.status, bytes: archive.length, sha256: sha256(archive) }).toEqual({
        status: 200,
        bytes: ready.bytes,
        sha256: ready.sha256,
      });
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'application/zip',
        'content-length': String(ready.bytes),
        'content-disposition': `attachment; filename="workspace-export-${id}.zip"`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-cache',
        etag: `"${ready.sha256}"`,
      });

      const types = await platform.query(`SELECT type FROM events WHERE type LIKE '%.export-%' ORDER BY position`);
      expect(types).toEqual([{ type: 'workspace.export-requested' }, { type: 'workspace.export-ready' }]);
      const [mail] = await eventually(async () => {
        const mails = (await platform.mailsTo(owner.email)).filter(({ subject }) => /archive/.test(subject));
        expect(mails).toHaveLength(1);
        return mails;
      });
      expect(mail?.links).toEqual([`http://localhost:3000/workspaces/${workspaceId}/exports/${id}`]);
    });

    it('makes one at a time, for a workspace', async () => {
      const workspace = await makeWorkspace(owner);
      await platform.query(
        `INSERT INTO workspace_exports (workspace_id, id, requested_by, status, created_at, expires_at, version)
         VALUES ($1, $2, $3, 'pending', now(), now() + interval '7 days', 1)`,
        [workspace, newId(), owner.id],
      );
      expectProblem(await owner.api.post(`/workspaces/${workspace}/exports`), 409, 'CONFLICT');
      expect((await owner.api.post(`/workspaces/${workspaceId}/exports`)).status).toBe(201);
    });

    it('makes one of those that are asked for at the same moment', async () => {
      const workspace = await makeWorkspace(owner);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => owner.api.post(`/workspaces/${workspace}/exports`)),
      );
      const made = answers.filter(({ status }) => status === 201);
      expect(made.length).toBeGreaterThan(0);
      const exports = await platform.query('SELECT id FROM workspace_exports WHERE workspace_id = $1', [workspace]);
      expect(exports).toHaveLength(made.length);
      for (const answer of answers.filter((each) => !made.includes(each))) expectProblem(answer, 409, 'CONFLICT');
    });

    it('keeps the newest archive only', async () => {
      const workspace = await makeWorkspace(owner);
      const first = await makeExport(owner, workspace);
      const second = await makeExport(owner, workspace);
      const { body } = await owner.api.get(`/workspaces/${workspace}/exports/${first.id}`);
      expect(body.data).toMatchObject({ status: 'expired', downloadUrl: null });
      expect((await fetchArchive(platform, owner, first.downloadUrl)).status).toBe(404);
      await service<ExpireArchives>('expireArchives').run();
      expect(await stored(workspace)).toEqual([`${second.id}.zip`]);
      expect((await fetchArchive(platform, owner, second.downloadUrl)).status).toBe(200);
    });
  });

  describe('are for owners', () => {
    let exportId: string;

    beforeAll(async () => {
      exportId = (await makeExport(owner, workspaceId)).id;
    });

    const calls = (id: string): (readonly [string, string])[] => [
      ['POST', `/workspaces/${workspaceId}/exports`],
      ['GET', `/workspaces/${workspaceId}/exports/${id}`],
      ['GET', `/workspaces/${workspaceId}/exports/${id}/archive`],
    ];

    it('and refused to an admin, by the name of the permission', async () => {
      const admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
      for (const [method, path] of calls(exportId)) {
        const answer = await admin.api.send(method, path, undefined);
        expectProblem(answer, 403, 'PERMISSION_DENIED', { permission: 'workspaces.export' });
      }
    });

    it('and refused to a role of its own that was given the permission', async () => {
      const deputy = await addMember(platform, owner, workspaceId, { role: 'viewer' });
      const role = { key: 'deputy', name: 'Deputy', permissions: ['workspaces.export'] };
      await makeRole(platform.api.as(owner.accessToken, workspaceId), role);
      await owner.api.put(`/workspaces/${workspaceId}/members/${deputy.id}/roles`, { roles: ['deputy'] });
      await eventually(async () => {
        for (const [method, path] of calls(exportId)) {
          expectProblem(await deputy.api.send(method, path, undefined), 403, 'ROLE_ESCALATION');
        }
      });
    });

    it('and not there for anybody else, nor under another workspace', async () => {
      const stranger = await signUp(platform);
      const theirs = await makeWorkspace(stranger);
      for (const [method, path] of calls(exportId)) {
        expectProblem(await stranger.api.send(method, path, undefined), 404, 'NOT_FOUND');
        expectProblem(await platform.api.send(method, path, undefined), 401, 'UNAUTHENTICATED');
      }
      for (const end of ['', '/archive']) {
        expectProblem(await stranger.api.get(`/workspaces/${theirs}/exports/${exportId}${end}`), 404, 'NOT_FOUND');
        expectProblem(await owner.api.get(`/workspaces/${workspaceId}/exports/${newId()}${end}`), 404, 'NOT_FOUND');
      }
    });
  });

  describe('the download', () => {
    it('is not repeated to one who has it, and has headers without a body', async () => {
      const { downloadUrl, sha256: hash, bytes } = await makeExport(owner, workspaceId);
      const known = await fetchArchive(platform, owner, downloadUrl, { 'If-None-Match': `"${hash}"` });
      expect([known.status, await known.text()]).toEqual([304, '']);
      const head = await fetch(`${platform.address}${downloadUrl}`, {
        method: 'HEAD',
        headers: { Authorization: `Bearer ${owner.accessToken}` },
      });
      expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes)]);
    });

    it('that is cut off by the caller leaves no file open', async () => {
      const { downloadUrl, id } = await makeExport(owner, workspaceId);
      const path = join(files, 'workspaces', workspaceId, 'exports', `${id}.zip`);
      const bytes = 20_000_000;
      await writeFile(path, Buffer.alloc(bytes));
      await platform.query('UPDATE workspace_exports SET bytes = $1 WHERE id = $2', [bytes, id]);
      await new Promise<void>((resolve) => {
        const headers = { Authorization: `Bearer ${owner.accessToken}` };
        request(`${platform.address}${downloadUrl}`, { headers }, (answer) => {
          answer.once('data', () => answer.destroy());
          answer.once('close', () => resolve());
        }).end();
      });
      await eventually(async () => {
        expect(await openFiles(path)).toBe(0);
      });
      expect((await fetch(`${platform.address}/livez`)).status).toBe(200);
    });

    it('ends once the time of the archive is up, and its file goes', async () => {
      const workspace = await makeWorkspace(owner);
      const { downloadUrl, id } = await makeExport(owner, workspace);
      await platform.query(`UPDATE workspace_exports SET expires_at = now() WHERE id = $1`, [id]);
      expect((await fetchArchive(platform, owner, downloadUrl)).status).toBe(404);
      expect((await owner.api.get(`/workspaces/${workspace}/exports/${id}`)).body.data).toMatchObject({
        status: 'expired',
        downloadUrl: null,
      });
      expect(await stored(workspace)).toEqual([`${id}.zip`]);
      await service<ExpireArchives>('expireArchives').run();
      expect(await stored(workspace)).toEqual([]);
      expect(await platform.query('SELECT status FROM workspace_exports WHERE id = $1', [id])).toEqual([
        { status: 'expired' },
      ]);
    });

    it('answers 503 while this node can not reach the archive', async () => {
      const { downloadUrl, id } = await makeExport(owner, workspaceId);
      await rm(join(files, 'workspaces', workspaceId, 'exports', `${id}.zip`));
      const answer = await fetchArchive(platform, owner, downloadUrl);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    });
  });

  describe('the job', () => {
    async function pendingExport(workspace: string, by: Person): Promise<{ workspaceId: string; exportId: string }> {
      const exportId = newId<string>();
      await platform.query(
        `INSERT INTO workspace_exports (workspace_id, id, requested_by, status, created_at, expires_at, version)
         VALUES ($1, $2, $3, 'pending', now(), now() + interval '7 days', 1)`,
        [workspace, exportId, by.id],
      );
      return { workspaceId: workspace, exportId };
    }

    const run = (job: object): Promise<void> => service<MakeArchive>('makeArchive').run(job as never);
    /** The job, with another one who makes archives. */
    const jobWith = (archives: WorkspaceArchives): MakeArchive =>
      new MakeArchive(
        service('workspaceExports'),
        archives,
        service('memberRoles'),
        service('fileStorage'),
        service('unitOfWork'),
        service('clock'),
        silentLogger,
      );
    const outcome = async ({ exportId }: { exportId: string }): Promise<unknown> =>
      (await platform.query('SELECT status, failure FROM workspace_exports WHERE id = $1', [exportId]))[0];

    it('begins anew after a crash, and removes what the attempt before has left', async () => {
      const workspace = await makeWorkspace(owner);
      await makeExport(owner, workspace);
      const job = await pendingExport(workspace, owner);
      const half = join(files, 'workspaces', workspace, 'exports', `${job.exportId}.zip.0123456789ab.part`);
      await writeFile(half, 'half of it');
      await run(job);
      expect(await outcome(job)).toEqual({ status: 'ready', failure: null });
      expect(await stored(workspace)).not.toContain(`${job.exportId}.zip.0123456789ab.part`);
    });

    it('does nothing when it comes a second time', async () => {
      const workspace = await makeWorkspace(owner);
      const job = await pendingExport(workspace, owner);
      await run(job);
      const ready = await platform.query('SELECT * FROM workspace_exports WHERE id = $1', [job.exportId]);
      await run(job);
      expect(await platform.query('SELECT * FROM workspace_exports WHERE id = $1', [job.exportId])).toEqual(ready);
    });

    it('looks again whether who asked is an owner', async () => {
      const workspace = await makeWorkspace(owner);
      const admin = await addMember(platform, owner, workspace, { role: 'admin' });
      const job = await pendingExport(workspace, admin);
      await run(job);
      expect(await outcome(job)).toEqual({ status: 'failed', failure: 'PERMISSION_DENIED' });
      expect(await stored(workspace)).toEqual([]);
    });

    it('ends as failed, without a file, when the archive can not be written, and the next one may be asked for', async () => {
      const workspace = await makeWorkspace(owner);
      await makeExport(owner, workspace);
      const folder = join(files, 'workspaces', workspace);
      await rm(folder, { recursive: true });
      await writeFile(folder, 'in the way');
      const failed = await makeExport(owner, workspace);
      expect(failed).toMatchObject({ status: 'failed', failure: 'INTERNAL_ERROR', downloadUrl: null });
      await rm(folder);
      expect((await makeExport(owner, workspace)).status).toBe('ready');
    });

    it('is tried again while the database is away', async () => {
      const workspace = await makeWorkspace(owner);
      const job = await pendingExport(workspace, owner);
      const away = jobWith({ write: () => Promise.reject(new UnavailableError()) });
      await expect(away.run(job as never)).rejects.toThrow(UnavailableError);
      expect(await outcome(job)).toEqual({ status: 'pending', failure: null });
      await run(job);
      expect(await outcome(job)).toEqual({ status: 'ready', failure: null });
    });

    it('leaves alone what another run has ended meanwhile', async () => {
      const workspace = await makeWorkspace(owner);
      const job = await pendingExport(workspace, owner);
      const overtaken = jobWith({
        write: async () => {
          await run(job);
          throw new Error('The file was taken away.');
        },
      });
      await overtaken.run(job as never);
      expect(await outcome(job)).toEqual({ status: 'ready', failure: null });
      expect(await stored(workspace)).toEqual([`${job.exportId}.zip`]);
    });

    it('tells nobody who has left that an archive is ready', async () => {
      const workspace = await makeWorkspace(owner);
      const former = await addMember(platform, owner, workspace);
      const job = await pendingExport(workspace, former);
      const mailer = new RecordingMailer();
      const handler = new MailOwnerOnExportReady(service('exportQueries'), mailer, 'https://app.example.com');
      const ready = exportReady(
        { workspaceId: workspace as WorkspaceId, at: new Date() },
        { exportId: job.exportId as ExportId, bytes: 1, sha256: '' },
      );
      await handler.handle(ready);
      expect(mailer.sent).toHaveLength(1);
      await owner.api.delete(`/workspaces/${workspace}/members/${former.id}`);
      await handler.handle(ready);
      await handler.handle({ ...ready, workspaceId: null });
      expect(mailer.sent).toHaveLength(1);
    });

    it('ends as failed, without a file, when the rows can not be read', async () => {
      const workspace = await makeWorkspace(owner);
      await platform.query('REVOKE SELECT ON invitations FROM atrium_app');
      try {
        expect(await makeExport(owner, workspace)).toMatchObject({ status: 'failed', failure: 'INTERNAL_ERROR' });
        expect(await stored(workspace)).toEqual([]);
      } finally {
        await platform.query('GRANT SELECT ON invitations TO atrium_app');
      }
    });
  });

  describe('the archive', () => {
    let mine: string;
    let content: ArchiveContent;
    let its: Person;

    beforeAll(async () => {
      await fullWorkspace(platform);
      ({ id: mine, owner: its } = await fullWorkspace(platform));
      content = await readArchive(await archiveOf(platform, its, mine));
    });

    it('has a manifest that counts and hashes every other entry', async () => {
      const { 'manifest.json': manifest = '', ...entries } = content;
      const counted = Object.fromEntries(
        Object.entries(entries).map(([name, text]) => [
          name,
          { rows: text.split('\n').length - 1, bytes: Buffer.byteLength(text), sha256: sha256(text) },
        ]),
      );
      expect(JSON.parse(manifest)).toEqual({
        format: 1,
        platform: expect.stringMatching(/^\d+\.\d+\.\d+/),
        createdAt: expect.stringMatching(/Z$/),
        workspace: { id: mine },
        entries: counted,
      });
      expect(Object.keys(content).at(-1)).toBe('manifest.json');
      const tables = Object.entries(counted).filter(([name]) => !name.startsWith('contents/'));
      for (const [name, { rows }] of tables) expect({ name, rows }).not.toEqual({ name, rows: 0 });
    });

    it('holds what is attached, as it is, unless it is gone', async () => {
      const [{ id } = {}] = rowsIn(content, 'tables/files.ndjson');
      const contents = Object.entries(content).filter(([name]) => name.startsWith('contents/'));
      expect(contents).toEqual([[`contents/files/${String(id)}`, 'attached']]);

      const { id: other, owner: theirs } = await fullWorkspace(platform);
      await rm(join(files, 'workspaces', other, 'files'), { recursive: true });
      const without = await readArchive(await archiveOf(platform, theirs, other));
      expect(rowsIn(without, 'tables/files.ndjson')).toHaveLength(1);
      expect(Object.keys(without).filter((name) => name.startsWith('contents/'))).toEqual([]);
    });

    it('holds the members as they show themselves to the workspace, and of who has left nothing but the id', async () => {
      const people = rowsIn(content, 'people.ndjson');
      const shown = { id: its.id, email: its.email, name: its.name, bio: null, timezone: 'UTC', locale: 'en' };
      expect(people).toContainEqual(shown);
      const [left] = await platform.query<{ id: string }>(
        'SELECT user_id AS id FROM departures WHERE workspace_id = $1',
        [mine],
      );
      const gone = { id: left?.id, email: null, name: null, bio: null, timezone: null, locale: null };
      expect(people).toContainEqual(gone);
      expect(people).toHaveLength(3);
    });

    it('holds nothing of any other workspace', async () => {
      const foreign = await platform.query<{ id: string }>('SELECT id FROM workspaces WHERE id <> $1', [mine]);
      const roles = await platform.query<{ id: string }>('SELECT id FROM roles WHERE workspace_id <> $1', [mine]);
      const strangers = await platform.query<{ id: string }>(
        `SELECT id FROM users WHERE id NOT IN (SELECT actor_id FROM events WHERE workspace_id = $1 AND actor_id IS NOT NULL)`,
        [mine],
      );
      const events = await platform.query<{ id: string }>(
        'SELECT id FROM events WHERE workspace_id IS DISTINCT FROM $1',
        [mine],
      );
      const all = JSON.stringify(content);
      for (const ids of [foreign, roles, strangers, events]) {
        expect(ids.length).toBeGreaterThan(0);
        expect(ids.filter(({ id }) => all.includes(id))).toEqual([]);
      }
    });

    it('holds no secret: nothing of any column that is a hash, a token or sealed', async () => {
      const columns = await platform.query<{ table: string; column: string }>(
        `SELECT table_name AS table, column_name AS column FROM information_schema.columns
         WHERE table_schema = 'public' AND column_name ~ 'hash|token|secret|sealed|answer|password'`,
      );
      expect(columns).toEqual(expect.arrayContaining([{ table: 'invitations', column: 'token_hash' }]));
      const all = Object.entries(content).filter(([name]) => name !== 'manifest.json');
      for (const { table, column } of columns) {
        const rows = await platform.query<{ value: string }>(
          `SELECT ${column}::text AS value FROM ${table} WHERE length(${column}::text) > 8`,
        );
        for (const { value } of rows) {
          expect(
            all.filter(([, text]) => text.includes(value)).map(([name]) => `${table}.${column} in ${name}`),
          ).toEqual([]);
        }
      }
      expect(all.map(([, text]) => text).join('')).not.toMatch(/token_hash|password/);
    });

    it('lies in a file for the server alone', async () => {
      const [name = ''] = await stored(mine);
      const { mode } = await stat(join(files, 'workspaces', mine, 'exports', name));
      expect(mode.toString(8).slice(-3)).toBe('600');
    });
  });
});
