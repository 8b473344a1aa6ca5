import { type ApiKey, makeApiKey, postApiKey } from '../support/apiKeys';
import type { ApiAnswer, ApiClient } from '../support/ApiClient';
import { capturedLog } from '../support/capturedLog';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { declaredRoutes, nameOf } from '../support/declaredRoutes';
import { eventually } from '../support/eventually';
import { expectProblem, withoutRequest } from '../support/expectProblem';
import { accept } from '../support/invitations';
import { addMember, anAddress, makeWorkspace, type Person, signUp } from '../support/people';
import { SocketClient } from '../support/SocketClient';
import { TestPlatform } from '../support/testPlatform';

const SOME_ID = '01900000-0000-7000-8000-000000000000';

type Route = (typeof declaredRoutes)[number];

const inWorkspace = ({ access: { kind } }: Route): boolean => kind === 'member' || kind === 'permission';
const aboutPeople = ({ access }: Route): boolean =>
  access.kind === 'signed-in' || access.kind === 'platform-admin' || (access.kind === 'member' && !!access.peopleOnly);

const named = (routes: readonly Route[]) => routes.map((route) => [nameOf(route), route] as const);

describe('Attacks by and on API keys', () => {
  const { logger, text: log } = capturedLog('production');
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let victim: Person;
  let victimId: string;
  let key: ApiKey;
  let api: ApiClient;

  beforeAll(async () => {
    platform = await TestPlatform.start({ logger });
    [owner, victim] = [await signUp(platform), await signUp(platform)];
    [workspaceId, victimId] = [await makeWorkspace(owner), await makeWorkspace(victim)];
    key = await makeApiKey(owner, workspaceId);
    api = platform.api.as(key.key);
    // The first use is noted, which the comparisons below are not to see.
    expect((await api.get('/users')).status).toBe(200);
  });

  afterAll(() => platform.stop());

  const call = ({ method, path }: Route, workspace: string, headers = {}): Promise<ApiAnswer> => {
    const there = path.replace('/workspaces/:id', `/workspaces/${workspace}`);
    // A job has a number.
    const filled = there.replace(':permission', 'users.read').replace('/jobs/:id', '/jobs/1');
    const address = filled.replaceAll(/:\w+/g, SOME_ID);
    return api.send(method.toUpperCase(), address, undefined, headers);
  };

  it.each(named(declaredRoutes.filter(inWorkspace)))(
    '1: a key finds no other workspace by %s, nor whether there is one',
    async (_name, route) => {
      const foreign = await call(route, victimId, { 'X-Workspace-Id': victimId });
      expectProblem(foreign, 404, 'NOT_FOUND');
      const nowhere = await call(route, SOME_ID, { 'X-Workspace-Id': SOME_ID });
      expect(withoutRequest(nowhere)).toEqual(withoutRequest(foreign));
    },
  );

  it.each(named(declaredRoutes.filter(aboutPeople)))('a key is nobody: %s', async (_name, route) => {
    const answer = await call(route, workspaceId);
    expectProblem(answer, 403, 'PERMISSION_DENIED');
    expect(answer.body.detail).toBe('An API key acts in its workspace only.');
  });

  it('the routes that are for people include whatever gives a session, or is about an account', () => {
    const closed = declaredRoutes.filter(aboutPeople).map(nameOf);
    expect(closed).toEqual(
      expect.arrayContaining([
        'post /workspaces/:id/switch',
        'post /workspaces/:id/members/accept',
        'get /workspaces',
        'post /workspaces',
        'get /auth/sessions',
        'post /auth/logout-all',
        'post /auth/mfa/totp',
        'get /users/me',
        'get /admin/users',
      ]),
    );
  });

  it('1: with the ids of another workspace a key finds nothing in its own, and changes nothing', async () => {
    const theirs = await makeApiKey(victim, victimId);
    const before = await databaseSnapshot(platform);
    const attempts = [
      await api.get(`/users/${victim.id}`),
      await api.delete(`/users/${victim.id}`),
      await api.put(`/users/${victim.id}/status`, { status: 'banned' }),
      await api.delete(`/workspaces/${workspaceId}/members/${victim.id}`),
      await api.delete(`/api-keys/${theirs.id}`),
    ];
    for (const attempt of attempts) expectProblem(attempt, 404, 'NOT_FOUND');
    expect(await databaseSnapshot(platform)).toEqual(before);
  });

  it('9: no key raises what may be done: not by a key, not by an invitation, not by touching an owner', async () => {
    const member = platform.api.as((await makeApiKey(owner, workspaceId, { role: 'member' })).key);
    expect((await member.get('/users')).status).toBe(200);
    const before = await databaseSnapshot(platform);
    const invite = (by: ApiClient, role: string) =>
      by.post(`/workspaces/${workspaceId}/members/invite`, { email: anAddress(), role });
    const make = (by: ApiClient, role: string) => postApiKey(by, workspaceId, { name: 'Loom', role });
    for (const attempt of [
      await make(api, 'owner'),
      await invite(api, 'owner'),
      await api.delete(`/users/${owner.id}`),
      await api.put(`/users/${owner.id}/status`, { status: 'banned' }),
      await api.delete(`/workspaces/${workspaceId}/members/${owner.id}`),
    ]) {
      expectProblem(attempt, 403, 'ROLE_ESCALATION');
    }
    for (const attempt of [
      await make(member, 'viewer'),
      await make(member, 'admin'),
      await invite(member, 'viewer'),
      await member.get('/api-keys'),
      await member.delete(`/api-keys/${key.id}`),
    ]) {
      expectProblem(attempt, 403, 'PERMISSION_DENIED', { permission: expect.any(String) });
    }
    // It is no member that could leave.
    expectProblem(await api.delete(`/workspaces/${workspaceId}/members/${key.id}`), 404, 'NOT_FOUND');
    expect(await databaseSnapshot(platform)).toEqual(before);
  });

  it('9: a key that ends makes none that outlasts it', async () => {
    const soon = new Date(Date.now() + 60_000);
    const { key: ending } = await makeApiKey(owner, workspaceId, { expiresAt: soon });
    const by = { api: platform.api.as(ending) };
    for (const expiresAt of [undefined, null, new Date(soon.getTime() + 1)]) {
      const body = { name: 'Loom', role: 'viewer', ...(expiresAt !== undefined && { expiresAt }) };
      expectProblem(await postApiKey(by.api, workspaceId, body), 403, 'ROLE_ESCALATION');
    }
    await expect(makeApiKey(by, workspaceId, { expiresAt: soon })).resolves.toBeDefined();
  });

  it('15: an invitation by a key is void once the key is revoked, or has ended', async () => {
    const end = (statement: string) => platform.query(`UPDATE api_keys SET ${statement} WHERE name = 'Recruiter'`);
    for (const over of ['role_id = NULL, revoked_at = now()', 'expires_at = now()']) {
      const recruiter = await makeApiKey(owner, workspaceId, { name: 'Recruiter' });
      const person = await signUp(platform);
      const invitation = { email: person.email, role: 'viewer' };
      const path = `/workspaces/${workspaceId}/members/invite`;
      expect((await platform.api.as(recruiter.key).post(path, invitation)).status).toBe(201);
      const token = await platform.mailedToken(person.email, /invited/i);
      await end(over);
      expectProblem(await accept(person, workspaceId, token), 410, 'INVITATION_GONE');
      await platform.query(`DELETE FROM api_keys WHERE name = 'Recruiter'`);
    }
  });

  it('a key is no other token, and no other token is a key', async () => {
    const before = await databaseSnapshot(platform);
    const { key: token } = key;
    expectProblem(await platform.api.post('/auth/refresh-token', { refreshToken: token }), 401, 'UNAUTHENTICATED');
    for (const path of ['/auth/verify-email', '/auth/reset-password']) {
      const body = { token, ...(path.includes('reset') && { password: 'correct horse battery staple' }) };
      expectProblem(await platform.api.post(path, body), 400, 'INVALID_TOKEN');
    }
    for (const pretender of [`atr_${owner.refreshToken}`, `atr_${owner.accessToken}`]) {
      expectProblem(await platform.api.as(pretender, workspaceId).get('/users'), 401, 'UNAUTHENTICATED');
    }
    expectProblem(await platform.api.get(`/users?key=${token}`), 401, 'UNAUTHENTICATED');
    expectProblem(await platform.api.get('/users', { 'X-Api-Key': token }), 401, 'UNAUTHENTICATED');
    expect(await databaseSnapshot(platform)).toEqual(before);
  });

  it('33: the socket of a key enters no foreign room', async () => {
    const refused = SocketClient.connect(platform.address, { token: key.key, workspaceId: victimId });
    await expect(refused).rejects.toMatchObject({ problem: { status: 404, code: 'NOT_FOUND' } });
    const socket = await SocketClient.connect(platform.address, { token: key.key });
    const answer = await socket.send('workspace:join', { workspaceId: victimId });
    expect(answer).toMatchObject({ ok: false, error: { status: 404, code: 'NOT_FOUND' } });
    await addMember(platform, victim, victimId, { role: 'viewer' });
    await addMember(platform, owner, workspaceId, { role: 'viewer' });
    await eventually(() => expect(socket.told('workspace:member:joined')).toMatchObject([{ workspaceId }]));
    socket.disconnect();
  });

  it('45: no key stands in the log, in an event or in a mail', async () => {
    const { id, key: canary } = await makeApiKey(owner, workspaceId);
    const machine = platform.api.as(canary);
    await machine.get('/users');
    await machine.get(`/users?q=${canary}`);
    await machine.post(`/api-keys`, { name: canary, role: 'viewer', key: canary });
    await platform.api.get(`/users/${canary}`, { 'X-Request-Id': canary });
    await machine.post(`/workspaces/${workspaceId}/members/invite`, { email: anAddress(), role: 'viewer' });
    await owner.api.delete(`/api-keys/${id}`, undefined, { 'X-Workspace-Id': workspaceId });
    await eventually(async () => expectProblem(await machine.get('/users'), 401, 'SESSION_REVOKED'));
    await platform.api.get('/users/me', { 'X-Request-Id': 'the-last-one' });
    await eventually(() => expect(log()).toContain('the-last-one'));
    const events = JSON.stringify(await platform.query('SELECT to_jsonb(events) FROM events'));
    const mails = await (await fetch(`${platform.address}/dev/inbox.json`)).text();
    for (const text of [log(), events, mails]) {
      expect(text.length).toBeGreaterThan(100);
      expect(text).not.toContain(canary.slice(13));
    }
  });
});
