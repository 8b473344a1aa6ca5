import type { ApiAnswer, ApiClient } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { makeRole } from '../../../../../tests/support/roles';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { makeComment, makeTask } from '../../../../../tests/support/tasks';
import { TestPlatform } from '../../../../../tests/support/testPlatform';

const UNKNOWN = '01900000-0000-7000-8000-000000000000';

describe('The comments on a task', () => {
  let platform: TestPlatform;
  let owner: Person;
  let member: Person;
  let viewer: Person;
  let workspaceId: string;
  let api: ApiClient;
  let taskId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform, { name: 'Ada Lovelace' });
    workspaceId = await makeWorkspace(owner);
    api = platform.api.as(owner.accessToken, workspaceId);
    member = await addMember(platform, owner, workspaceId, { name: 'Charles Babbage' });
    viewer = await addMember(platform, owner, workspaceId, { name: 'Luigi Menabrea', role: 'viewer' });
  });

  beforeEach(async () => {
    taskId = (await makeTask(api, { title: 'Draw the mill' })).id;
  });

  afterAll(() => platform.stop());

  const as = ({ accessToken }: Pick<Person, 'accessToken'>): ApiClient => platform.api.as(accessToken, workspaceId);
  const at = (id: string, task = taskId): string => `/tasks/${task}/comments/${id}`;
  const mention = ({ id, name }: Person): string => `@[${name}](${id})`;

  it('are written, read, and written anew by their author', async () => {
    const body = `  code, **bold**, and <b>${mention(member)}</b>`;
    const answer = await api.post(`/tasks/${taskId}/comments`, { body });
    const { id, createdAt, ...comment } = answer.body.data;
    expect([answer.status, answer.headers.get('location')]).toEqual([201, `/api/v1${at(id)}`]);
    const made = { taskId, authorId: owner.id, body, mentions: [member.id], updatedAt: createdAt, version: 1 };
    expect(comment).toEqual(made);
    const read = await as(viewer).get(at(id));
    expect(read.body.data).toEqual(answer.body.data);

    const patched = await api.send(
      'PATCH',
      at(id),
      { body: 'Nothing.' },
      { 'If-Match': read.headers.get('etag') ?? '' },
    );
    expect(patched.body.data).toMatchObject({ id, createdAt, body: 'Nothing.', mentions: [], version: 2 });
    const same = await api.put(at(id), { body: 'Nothing.' });
    expect(same.body.data).toEqual(patched.body.data);
    const stale = await api.put(at(id), { body: 'Something.' }, { 'If-Match': read.headers.get('etag') ?? '' });
    expectProblem(stale, 412, 'PRECONDITION_FAILED');

    expect((await api.delete(at(id))).status).toBe(204);
    expectProblem(await api.get(at(id)), 404, 'NOT_FOUND');
    expectProblem(await api.delete(at(id)), 404, 'NOT_FOUND');
  });

  it.each([
    ['nothing', {}, 'body'],
    ['blanks', { body: ' \n ' }, 'body'],
    ['5,001 characters', { body: 'x'.repeat(5001) }, 'body'],
    ['a list', { body: ['a'] }, 'body'],
    ['another author', { body: 'a', authorId: UNKNOWN }, 'authorId'],
    ['mentions of one’s own making', { body: 'a', mentions: [] }, 'mentions'],
  ])('are not written with %s', async (_what, body, field) => {
    const answer = await api.post(`/tasks/${taskId}/comments`, body);
    expectInvalid(answer, field);
    expect(answer.body.errors).toHaveLength(1);
  });

  it('are written once, however often the request comes', async () => {
    const write = () => api.post(`/tasks/${taskId}/comments`, { body: 'Once' }, { 'Idempotency-Key': 'once' });
    const [first, second] = [await write(), await write()];
    expect(second.body).toEqual(first.body);
    expect((await api.get(`/tasks/${taskId}/comments`)).body.data).toHaveLength(1);
  });

  it('are listed in pages, the oldest first', async () => {
    for (const body of ['one', 'two', 'three']) await makeComment(api, taskId, body);
    const bodies = ({ body }: ApiAnswer) => body.data.map((comment: { body: string }) => comment.body);
    const first = await as(viewer).get(`/tasks/${taskId}/comments?limit=2`);
    expect(bodies(first)).toEqual(['one', 'two']);
    const { nextCursor } = first.body.meta;
    expect(bodies(await as(viewer).get(`/tasks/${taskId}/comments?limit=2&cursor=${nextCursor}`))).toEqual(['three']);
    expect(bodies(await api.get(`/tasks/${taskId}/comments?sort=-createdAt`))).toEqual(['three', 'two', 'one']);
    const other = await makeTask(api);
    const elsewhere = await api.get(`/tasks/${other.id}/comments?limit=2&cursor=${nextCursor}`);
    expectProblem(elsewhere, 400, 'INVALID_CURSOR');
    expect((await api.get(`/tasks/${taskId}/comments?page=2&limit=2`)).body.meta).toMatchObject({ total: 3 });
  });

  it('are on their task, and on no other', async () => {
    const other = await makeTask(api);
    const { id } = await makeComment(api, taskId);
    for (const path of [at(id, other.id), at(UNKNOWN), at(id, UNKNOWN)]) {
      expectProblem(await api.get(path), 404, 'NOT_FOUND');
      expectProblem(await api.put(path, { body: 'Elsewhere' }), 404, 'NOT_FOUND');
      expectProblem(await api.delete(path), 404, 'NOT_FOUND');
    }
    expectProblem(await api.get(`/tasks/${UNKNOWN}/comments`), 404, 'NOT_FOUND');
    expectProblem(await api.post(`/tasks/${UNKNOWN}/comments`, { body: 'Elsewhere' }), 404, 'NOT_FOUND');
  });

  it('go with it, and come back with it', async () => {
    const { id } = await makeComment(api, taskId);
    await api.delete(`/tasks/${taskId}`);
    for (const path of [at(id), `/tasks/${taskId}/comments`]) expectProblem(await api.get(path), 404, 'NOT_FOUND');
    expectProblem(await api.put(at(id), { body: 'Gone' }), 404, 'NOT_FOUND');
    await api.post(`/tasks/${taskId}/restore`);
    expect((await api.get(at(id))).status).toBe(200);
  });

  describe('are', () => {
    it('read by viewers, and written by members', async () => {
      const refused = await as(viewer).post(`/tasks/${taskId}/comments`, { body: 'May I?' });
      expectProblem(refused, 403, 'PERMISSION_DENIED', { permission: 'comments.create' });
      await makeComment(as(member), taskId);
      expect((await as(viewer).get(`/tasks/${taskId}/comments`)).body.data).toHaveLength(1);
    });

    it('changed by nobody but their author, whatever else one may', async () => {
      const { id } = await makeComment(as(member), taskId);
      expectProblem(await api.put(at(id), { body: 'Better' }), 403, 'PERMISSION_DENIED');
      const permission = 'comments.update';
      expectProblem(await as(viewer).put(at(id), { body: 'Better' }), 403, 'PERMISSION_DENIED', { permission });
      expect((await as(member).put(at(id), { body: 'Better' })).status).toBe(200);
    });

    it('deleted by their author, and by moderators', async () => {
      const [theirs, own, mine] = [
        await makeComment(as(member), taskId),
        await makeComment(as(member), taskId),
        await makeComment(api, taskId),
      ];
      const refused = await as(member).delete(at(mine.id));
      expectProblem(refused, 403, 'PERMISSION_DENIED', { permission: 'comments.delete' });
      expect((await as(member).delete(at(own.id))).status).toBe(204);
      expect((await api.delete(at(theirs.id))).status).toBe(204);
    });

    it('out of the hands of an author who may write no more, in those of a moderator who may do nothing else', async () => {
      const janitor = await addMember(platform, owner, workspaceId);
      const { id } = await makeComment(as(janitor), taskId);
      const other = await makeComment(api, taskId);
      const permissions = ['comments.read', 'comments.delete'];
      const { key } = await makeRole(api, { name: 'Janitor', permissions });
      await api.put(`/workspaces/${workspaceId}/members/${janitor.id}/roles`, { roles: [key] });
      const permission = 'comments.update';
      // The node hears of other roles right after their commit.
      await eventually(async () =>
        expectProblem(await as(janitor).put(at(id), { body: 'Better' }), 403, 'PERMISSION_DENIED', { permission }),
      );
      expectProblem(await as(janitor).delete(at(id)), 403, 'PERMISSION_DENIED', { permission });
      expect((await as(janitor).delete(at(other.id))).status).toBe(204);
    });
  });

  it('mention active members, each once; who is none is text', async () => {
    const banned = await addMember(platform, owner, workspaceId, { name: 'Banned' });
    await api.put(`/users/${banned.id}/status`, { status: 'banned' });
    const stranger = await signUp(platform, { name: 'Stranger' });
    const body = [viewer, banned, member, stranger, viewer, { ...member, id: UNKNOWN }].map(mention).join(' ');
    expect(await makeComment(api, taskId, body)).toMatchObject({ body, mentions: [viewer.id, member.id] });
  });

  it('are told on sockets as they are, and what was said before is told nowhere', async () => {
    const socket = await SocketClient.connect(platform.address, { token: viewer.accessToken, workspaceId });
    const heard = (name: string) =>
      eventually(async () => {
        const [first] = socket.told(name);
        expect(first).toBeDefined();
        return first;
      });
    const made = await makeComment(api, taskId, 'The secret is 42');
    expect(await heard('comment:created')).toMatchObject({
      workspaceId,
      type: 'comment.created',
      actorId: owner.id,
      comment: made,
    });
    const { body } = await api.put(at(made.id), { body: `No secret, ${mention(member)}` });
    const updated = await heard('comment:updated');
    expect(updated).toMatchObject({ comment: body.data, changed: ['body', 'mentions'], mentioned: [member.id] });
    expect(JSON.stringify(updated)).not.toContain('The secret');
    await api.delete(at(made.id));
    expect(await heard('comment:deleted')).toMatchObject({ commentId: made.id, taskId, authorId: owner.id });
    socket.disconnect();
    const audit = (await api.get(`/audit-logs?resource=comment:${made.id}`)).body;
    expect(audit.data.map(({ action }: { action: string }) => action)).toEqual([
      'comment.deleted',
      'comment.updated',
      'comment.created',
    ]);
    expect(audit.data.map(({ details }: { details: object }) => details)).toEqual([
      { taskId, authorId: owner.id },
      { taskId, mentioned: [member.id] },
      { taskId },
    ]);
    expect(JSON.stringify(audit)).not.toContain('secret');
  });
});
