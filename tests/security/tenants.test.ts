import type { Route } from '../../src/core/presentation/Route';
import { inWorkspace } from '../isolation/attacks';
import type { ApiClient } from '../support/ApiClient';
import { makeApiKey } from '../support/apiKeys';
import { attach } from '../support/attachments';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { declaredRoutes, nameOf } from '../support/declaredRoutes';
import { expectProblem } from '../support/expectProblem';
import { invite } from '../support/invitations';
import { addMember, anAddress, makeWorkspace, type Person, signUp } from '../support/people';
import { makeRole } from '../support/roles';
import { makeComment, makeLabel, makeProject, makeTask } from '../support/tasks';
import { TestPlatform } from '../support/testPlatform';
import { addFailedDelivery, makeWebhook } from '../support/webhooks';

// 1, 2 and 3 are tried on every route by tests/isolation, 8 on every table by tenancy.test.ts of core.
describe('Attacks from one workspace on another', () => {
  let platform: TestPlatform;
  let mallory: Person;
  let victim: Person;
  let own: string;
  let theirs: string;
  let colleague: Person;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    [mallory, victim] = [await signUp(platform), await signUp(platform)];
    [own, theirs] = [await makeWorkspace(mallory), await makeWorkspace(victim)];
    colleague = await addMember(platform, mallory, own);
    await addMember(platform, victim, theirs);
  });

  afterAll(() => platform.stop());

  const inOwn = (): ApiClient => platform.api.as(mallory.accessToken, own);
  const inTheirs = (): ApiClient => platform.api.as(victim.accessToken, theirs);

  it('4: many of one’s own and one of theirs, of which nothing is done', async () => {
    const mine: string[] = [];
    for (let index = 0; index < 9; index += 1) {
      mine.push((await makeRole(inOwn(), { name: `Mine ${index}` })).key);
    }
    const foreign = (await makeRole(inTheirs(), { name: 'Theirs' })).key;
    const before = await databaseSnapshot(platform);
    const answer = await inOwn().put(`/workspaces/${own}/members/${colleague.id}/roles`, { roles: [...mine, foreign] });
    expectProblem(answer, 400, 'VALIDATION_ERROR', { errors: [expect.objectContaining({ field: 'roles.9' })] });
    expect(await databaseSnapshot(platform)).toEqual(before);
    const { status } = await inOwn().put(`/workspaces/${own}/members/${colleague.id}/roles`, { roles: mine });
    expect(status).toBe(200);
  });

  describe('5: a cursor', () => {
    type Deed = (owner: Person, workspaceId: string) => Promise<unknown>;

    const webhookOf = async ({ api }: Person, workspaceId: string): Promise<string> =>
      (await api.get('/webhooks', { 'X-Workspace-Id': workspaceId })).body.data[0].id;
    const firstTask = async ({ accessToken }: Person, workspaceId: string): Promise<string> => {
      const api = platform.api.as(accessToken, workspaceId);
      return (await api.get('/tasks')).body.data[0]?.id ?? (await makeTask(api)).id;
    };
    const touched: Deed = async (owner, id) => {
      const path = `/tasks/${await firstTask(owner, id)}`;
      await platform.api.as(owner.accessToken, id).put(path, { title: anAddress() });
    };
    const watched: Deed = async (owner, id) => {
      const watcher = await addMember(platform, owner, id);
      await platform.api.as(watcher.accessToken, id).put(`/tasks/${await firstTask(owner, id)}/watchers/me`);
    };
    const attached: Deed = async (owner, id) =>
      attach(platform, owner, { workspaceId: id, taskId: await firstTask(owner, id) }, Buffer.from('text'));
    const deleted =
      (kind: 'tasks' | 'projects', make: typeof makeTask): Deed =>
      async ({ accessToken }, id) => {
        const api = platform.api.as(accessToken, id);
        await api.delete(`/${kind}/${(await make(api)).id}`);
      };
    const aRole: Deed = (owner, id) => makeRole(platform.api.as(owner.accessToken, id), { name: anAddress() });

    /** The lists of a workspace, and what puts another entry into each. */
    const LISTS: Readonly<Record<string, Deed>> = {
      'get /users': (owner, id) => addMember(platform, owner, id),
      'get /workspaces/:id/members': (owner, id) => addMember(platform, owner, id),
      'get /workspaces/:id/invitations': (owner, id) => invite(owner, id, anAddress()),
      'get /roles': aRole,
      'get /audit-logs': aRole,
      'get /api-keys': (owner, id) => makeApiKey(owner, id),
      'get /projects': (owner, id) => makeProject(platform.api.as(owner.accessToken, id)),
      'get /projects/deleted': deleted('projects', makeProject),
      'get /labels': (owner, id) => makeLabel(platform.api.as(owner.accessToken, id), { name: anAddress() }),
      'get /tasks': (owner, id) => makeTask(platform.api.as(owner.accessToken, id)),
      'get /tasks/deleted': deleted('tasks', makeTask),
      'get /tasks/:id/history': touched,
      'get /tasks/:id/comments': async (owner, id) =>
        makeComment(platform.api.as(owner.accessToken, id), await firstTask(owner, id)),
      'get /tasks/:id/attachments': attached,
      'get /tasks/:id/watchers': watched,
      'get /webhooks': (owner, id) => makeWebhook(owner, id, { url: 'https://hooks.invalid/' }),
      'get /webhooks/:id/deliveries': async (owner, id) => addFailedDelivery(platform, id, await webhookOf(owner, id)),
    };

    const pathOf = async (name: string, owner: Person, workspaceId: string): Promise<string> =>
      name
        .replace('get ', '')
        .replace('/webhooks/:id', `/webhooks/${name.includes('deliveries') ? await webhookOf(owner, workspaceId) : ''}`)
        .replace('/tasks/:id', name.includes('/tasks/') ? `/tasks/${await firstTask(owner, workspaceId)}` : '')
        .replace(':id', workspaceId);

    const paged = declaredRoutes.filter((route) => inWorkspace(route) && takesCursor(route));

    it('is tried in every list of a workspace', () => {
      expect(paged.map(nameOf).sort()).toEqual(Object.keys(LISTS).sort());
    });

    it.each(Object.entries(LISTS))('of another workspace, or tampered with, opens nothing of %s', async (name, add) => {
      for (const [owner, id] of [
        [mallory, own],
        [mallory, own],
        [victim, theirs],
        [victim, theirs],
      ] as const) {
        await add(owner, id);
      }
      const [here, there] = [await pathOf(name, mallory, own), await pathOf(name, victim, theirs)];
      const { nextCursor } = (await inTheirs().get(`${there}?limit=1`)).body.meta;
      expect(nextCursor).toEqual(expect.any(String));
      expectProblem(await inOwn().get(`${here}?limit=1&cursor=${nextCursor}`), 400, 'INVALID_CURSOR');
      for (const index of [0, 10, nextCursor.length - 10]) {
        const other = nextCursor[index] === 'A' ? 'B' : 'A';
        const tampered = nextCursor.slice(0, index) + other + nextCursor.slice(index + 1);
        expectProblem(await inTheirs().get(`${there}?limit=1&cursor=${tampered}`), 400, 'INVALID_CURSOR');
      }
      expect((await inTheirs().get(`${there}?limit=1&cursor=${nextCursor}`)).status).toBe(200);
    });
  });

  it('6: the Idempotency-Key that another workspace used is one’s own to use', async () => {
    const headers = { 'Idempotency-Key': 'the-same-for-all' };
    const role = { name: 'Repeated', permissions: ['users.read'] };
    const third = await makeWorkspace(mallory);
    const answers = [
      await inTheirs().post('/roles', role, headers),
      await inOwn().post('/roles', role, headers),
      await platform.api.as(mallory.accessToken, third).post('/roles', role, headers),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.data.id)).size).toBe(3);
    for (const { headers: told } of answers) expect(told.get('idempotency-replayed')).toBeNull();
  });

  it('7: what one workspace has asked for is not answered to the other', async () => {
    await makeTask(inTheirs(), { title: victim.id });
    await makeProject(inTheirs(), { name: victim.id });
    await makeLabel(inTheirs(), { name: victim.id });
    const lists = ['/users', '/roles', '/permissions', '/api-keys', '/users/search?q=example'];
    const works = ['/tasks', '/tasks?page=1', `/tasks?q=${victim.id}`, '/projects', '/labels'];
    for (const path of [...lists, ...works]) {
      const [first, second] = [await inTheirs().get(path), await inOwn().get(path)];
      expect([first.status, second.status]).toEqual([200, 200]);
      const text = JSON.stringify(second.body);
      for (const secret of [victim.email, victim.id, theirs]) expect(text).not.toContain(secret);
    }
    const paths = ['/tasks', '/tasks?page=1&sort=-createdAt', '/projects'];
    await makeTask(inTheirs(), { title: 'A secret of theirs' });
    await makeTask(inOwn(), { title: 'Of one’s own' });
    for (const path of paths) {
      const [warm, again] = [await inTheirs().get(path), await inTheirs().get(path)];
      expect(again.body).toEqual(warm.body);
      const answer = await inOwn().get(path);
      expect([warm.status, answer.status]).toEqual([200, 200]);
      expect(JSON.stringify(answer.body)).not.toContain('theirs');
    }
    const before = (await inOwn().get(`/workspaces/${own}/stats`)).body.data;
    await makeTask(inTheirs());
    await inTheirs().get(`/workspaces/${theirs}/stats`);
    expect((await inOwn().get(`/workspaces/${own}/stats`)).body.data).toEqual(before);
    expectProblem(await inOwn().get(`/workspaces/${theirs}/stats`), 404, 'NOT_FOUND');
    const mine = (await inOwn().get(`/users/${mallory.id}`)).headers.get('etag') ?? '';
    expectProblem(await inTheirs().get(`/users/${mallory.id}`, { 'If-None-Match': mine }), 404, 'NOT_FOUND');
    const shared = await inTheirs().get(`/workspaces/${theirs}`, { 'If-None-Match': mine });
    expect(shared.status).toBe(200);
  });
});

function takesCursor({ query }: Route): boolean {
  const { keys = {} } = (query?.describe() ?? {}) as { keys?: Record<string, unknown> };
  return 'cursor' in keys;
}
