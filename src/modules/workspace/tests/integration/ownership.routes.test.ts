import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { addMember, makeWorkspace, type Person, register, signUp } from '../../../../../tests/support/people';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';

describe('The ownership of a workspace', () => {
  let platform: TestPlatform;
  let owner: Person;
  let heir: Person;
  let workspaceId: string;
  let path: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  beforeEach(async () => {
    owner = await signUp(platform, { name: 'Ada' });
    workspaceId = await makeWorkspace(owner, 'Engines');
    heir = await addMember(platform, owner, workspaceId);
    path = `/workspaces/${workspaceId}/transfer-ownership`;
  });

  afterAll(() => platform.stop());

  const offer = (userId: unknown = heir.id, by = owner): Promise<ApiAnswer> => by.api.post(path, { userId });
  const accept = (by = heir): Promise<ApiAnswer> => by.api.post(`${path}/accept`);
  const read = (by = heir): Promise<ApiAnswer> => by.api.get(path);
  const end = (by = heir): Promise<ApiAnswer> => by.api.delete(path);
  const rolesOf = async ({ id }: Person): Promise<string[]> =>
    (
      await platform.query<{ key: string }>(
        `SELECT key FROM member_roles JOIN roles ON roles.id = role_id AND roles.workspace_id = member_roles.workspace_id
         WHERE member_roles.workspace_id = $1 AND user_id = $2 ORDER BY key`,
        [workspaceId, id],
      )
    ).map(({ key }) => key);
  const events = async () =>
    (
      await platform.query<{ type: string }>(
        `SELECT type FROM events WHERE workspace_id = $1 AND type ~ 'ownership' ORDER BY transaction_id, position`,
        [workspaceId],
      )
    ).map(({ type }) => type);

  it('is offered to a member, who is told by mail', async () => {
    const { status, body, headers } = await offer();
    expect(status).toBe(201);
    expect(body.data).toEqual({
      id: expect.any(String),
      offeredBy: owner.id,
      userId: heir.id,
      createdAt: expect.any(String),
      expiresAt: new Date(Date.parse(body.data.createdAt) + 7 * 86_400_000).toISOString(),
    });
    expect(headers.get('location')).toBe(`/api/v1${path}`);
    for (const person of [owner, heir]) expect((await read(person)).body).toEqual(body);
    const mail = await eventually(async () => {
      const found = (await platform.mailsTo(heir.email)).find(({ subject }) => subject.includes('ownership'));
      expect(found).toBeDefined();
      return found;
    });
    expect(mail).toMatchObject({ to: heir.email, subject: 'Ada offers you the ownership of Engines' });
    expect(mail?.links).toEqual([`http://localhost:3000/transfer-ownership?workspace=${workspaceId}`]);
    expect(await rolesOf(heir)).toEqual(['member']);
  });

  it('passes on when the offer is accepted, once, and who offered it stays as an admin', async () => {
    const { accessToken: token } = owner;
    const socket = await SocketClient.connect(platform.address, { token, workspaceId });
    await offer();
    const { status, body } = await accept();
    expect([status, body.data]).toMatchObject([200, { id: workspaceId, ownerId: heir.id }]);
    expect([await rolesOf(owner), await rolesOf(heir)]).toEqual([['admin'], ['member', 'owner']]);
    expectProblem(await accept(), 404, 'NOT_FOUND');
    expect(await events()).toEqual(['workspace.ownership-offered', 'workspace.ownership-transferred']);
    await eventually(() =>
      expect(socket.told('workspace:updated')).toMatchObject([
        { workspace: { ownerId: heir.id }, changed: ['ownerId'] },
      ]),
    );
    socket.disconnect();
    await eventually(async () =>
      expectProblem(await offer(heir.id, owner), 403, 'PERMISSION_DENIED', { permission: 'workspaces.transfer' }),
    );
    await eventually(async () => expect((await offer(owner.id, heir)).status).toBe(201));
  });

  it('passes on once of many acceptances at the same time, and not at all of one that is withdrawn meanwhile', async () => {
    await offer();
    const answers = await Promise.all([accept(), accept(), end(owner), accept(), end(heir)]);
    const done = answers.filter(({ status }) => status < 300);
    expect(done).toHaveLength(1);
    for (const answer of answers.filter((each) => !done.includes(each))) {
      expect(['NOT_FOUND', 'SERVICE_UNAVAILABLE']).toContain(answer.body.code);
    }
    const owners = [await rolesOf(owner), await rolesOf(heir)].filter((roles) => roles.includes('owner'));
    expect(owners).toHaveLength(1);
  });

  it('is offered to one at a time: a newer offer replaces the one before', async () => {
    const second = await addMember(platform, owner, workspaceId, { role: 'viewer' });
    await offer();
    const { body } = await offer(second.id);
    expectProblem(await read(heir), 404, 'NOT_FOUND');
    expectProblem(await accept(heir), 404, 'NOT_FOUND');
    expect((await read(second)).body).toEqual(body);
    expect((await accept(second)).body.data.ownerId).toBe(second.id);
    expect(await events()).toEqual([
      'workspace.ownership-offered',
      'workspace.ownership-offer-ended',
      'workspace.ownership-offered',
      'workspace.ownership-transferred',
    ]);
  });

  it.each([
    ['withdrawn', () => owner],
    ['declined', () => heir],
  ])('is not to be had once the offer is %s', async (reason, by) => {
    await offer();
    const { status, body } = await end(by());
    expect([status, body]).toEqual([204, undefined]);
    for (const answer of [await accept(), await read(), await read(owner), await end(by())]) {
      expectProblem(answer, 404, 'NOT_FOUND');
    }
    const [ended] = await platform.query(
      `SELECT facts, actor_id FROM events WHERE workspace_id = $1
                                          AND type = 'workspace.ownership-offer-ended'`,
      [workspaceId],
    );
    expect(ended).toMatchObject({ facts: { reason, userId: heir.id }, actor_id: by().id });
    expect((await offer()).status).toBe(201);
  });

  it('is not to be had after seven days', async () => {
    await offer();
    await platform.query('UPDATE ownership_offers SET expires_at = now() WHERE workspace_id = $1', [workspaceId]);
    for (const answer of [await accept(), await read(), await end(), await end(owner)]) {
      expectProblem(answer, 404, 'NOT_FOUND');
    }
    expect((await offer()).status).toBe(201);
    expect((await accept()).status).toBe(200);
  });

  it('is not to be had from somebody who is no owner any more', async () => {
    const second = await addMember(platform, owner, workspaceId, { role: 'owner' });
    await offer();
    await second.api.delete(`/workspaces/${workspaceId}/members/${owner.id}`);
    expectProblem(await accept(), 404, 'NOT_FOUND');
    expect(await rolesOf(heir)).toEqual(['member']);
    expect((await offer(heir.id, second)).status).toBe(201);
  });

  it('is not to be had by who was suspended or removed meanwhile', async () => {
    await offer();
    await platform.api.as(owner.accessToken, workspaceId).put(`/users/${heir.id}/status`, { status: 'banned' });
    await eventually(async () => expectProblem(await accept(), 404, 'NOT_FOUND'));
    expect(await events()).toEqual(['workspace.ownership-offered']);
  });

  it('is the two’s alone to see and to end', async () => {
    const other = await addMember(platform, owner, workspaceId, { role: 'owner' });
    const none = await read(other);
    expectProblem(none, 404, 'NOT_FOUND');
    await offer();
    for (const answer of [await read(other), await end(other), await accept(other), await accept(owner)]) {
      expect(withoutRequest(answer)).toEqual(withoutRequest(none));
    }
    expect((await read()).status).toBe(200);
  });

  it('is offered by an owner, to another active member with a verified address', async () => {
    const admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
    expectProblem(await offer(heir.id, admin), 403, 'PERMISSION_DENIED', { permission: 'workspaces.transfer' });
    expectInvalid(await offer(owner.id), 'userId');
    for (const userId of [newId(), (await signUp(platform)).id]) {
      expectProblem(await offer(userId), 422, 'NOT_A_MEMBER');
    }
    const unverified = await register(platform);
    await platform.query(
      `INSERT INTO members (workspace_id, user_id, status, joined_at, version) VALUES ($1, $2, 'active', now(), 1)`,
      [workspaceId, unverified.id],
    );
    expectProblem(await offer(unverified.id), 422, 'NOT_A_MEMBER');
    await platform.query(`UPDATE members SET status = 'inactive' WHERE user_id = $1`, [admin.id]);
    expectProblem(await offer(admin.id), 422, 'NOT_A_MEMBER');
    for (const userId of [undefined, 'x', [heir.id]]) expectInvalid(await owner.api.post(path, { userId }), 'userId');
    expectInvalid(await owner.api.post(path, { userId: heir.id, role: 'owner' }), 'role');
    expect(await events()).toEqual([]);
  });

  it('asks for a member, and answers the same for a foreign workspace and for none', async () => {
    await offer();
    const stranger = await signUp(platform);
    for (const foreign of [
      await offer(stranger.id, stranger),
      await accept(stranger),
      await read(stranger),
      await end(stranger),
    ]) {
      expectProblem(foreign, 404, 'NOT_FOUND');
    }
    const nowhere = `/workspaces/${newId<string>()}/transfer-ownership`;
    expectProblem(await owner.api.get(nowhere), 404, 'NOT_FOUND');
    expectProblem(await platform.api.post(`${path}/accept`), 401, 'UNAUTHENTICATED');
    expect(await events()).toEqual(['workspace.ownership-offered']);
  });
});
