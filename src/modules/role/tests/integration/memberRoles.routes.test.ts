import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { loggedEvents } from '../../../../../tests/support/loggedEvents';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { expectEscalation, makeRole, roleId } from '../../../../../tests/support/roles';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { startTwoNodes, type TwoNodes } from '../../../../../tests/support/twoNodes';
import type { AccessChange, AccessChanges } from '../../../../core/application/AccessChanges';
import { newId } from '../../../../core/domain/Id';

describe('The roles of members', () => {
  let nodes: TwoNodes;
  let platform: TestPlatform;
  let owner: Person;
  let admin: Person;
  let member: Person;
  let workspaceId: string;

  beforeAll(async () => {
    nodes = await startTwoNodes();
    platform = nodes.one;
    owner = await signUp(platform);
  });

  beforeEach(async () => {
    workspaceId = await makeWorkspace(owner);
    admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
    member = await addMember(platform, owner, workspaceId);
  });

  afterAll(() => nodes.stop());

  const as = ({ accessToken }: Person, node = platform) => node.api.as(accessToken, workspaceId);
  const set = (by: Person, { id }: { id: string }, ...roles: unknown[]) =>
    by.api.put(`/workspaces/${workspaceId}/members/${id}/roles`, { roles });
  const assign = (by: Person, { id }: { id: string }, role: unknown) => as(by).post(`/users/${id}/roles`, { role });
  const unassign = async (by: Person, { id }: { id: string }, role: string) =>
    as(by).delete(`/users/${id}/roles/${await roleId(as(owner), role)}`);

  const keysIn = ({ body }: ApiAnswer): string[] => body.data.roles.map(({ key }: { key: string }) => key).sort();
  const rolesOf = async ({ id }: Person) => keysIn(await as(owner).get(`/users/${id}`));

  it('are set as a whole, given and taken, and answered with the member', async () => {
    const answer = await set(admin, member, 'viewer', 'admin');
    expect([answer.status, answer.body.data.id, keysIn(answer)]).toEqual([200, member.id, ['admin', 'viewer']]);
    const read = await as(owner).get(`/users/${member.id}`);
    expect([read.body, read.headers.get('etag')]).toEqual([answer.body, answer.headers.get('etag')]);
    const given = await assign(owner, member, 'member');
    expect([given.status, keysIn(given)]).toEqual([200, ['admin', 'member', 'viewer']]);
    const taken = await unassign(owner, member, 'admin');
    expect([taken.status, taken.body, await rolesOf(member)]).toEqual([204, undefined, ['member', 'viewer']]);
    const facts = (roles: string[], added: string[], removed: string[]) => ({
      userId: member.id,
      roles,
      added,
      removed,
    });
    expect(await loggedEvents(platform, workspaceId, 'role.member-roles-changed')).toEqual([
      { by: admin.id, facts: facts(['admin', 'viewer'], ['admin', 'viewer'], ['member']) },
      { by: owner.id, facts: facts(['admin', 'member', 'viewer'], ['member'], []) },
      { by: owner.id, facts: facts(['member', 'viewer'], [], ['admin']) },
    ]);
  });

  it('are united: one holds what any of them holds', async () => {
    await makeRole(as(owner), { key: 'inviter', permissions: ['users.create'] });
    const viewer = await addMember(platform, owner, workspaceId, { role: 'viewer' });
    await assign(owner, viewer, 'inviter');
    await eventually(async () => {
      const { body } = await viewer.api.post(`/workspaces/${workspaceId}/switch`);
      expect(body.data.roles).toEqual(['inviter', 'viewer']);
      expect(body.data.permissions).toEqual(expect.arrayContaining(['users.create', 'users.read']));
    });
  });

  it('change nothing when they are so already', async () => {
    expect(keysIn(await set(owner, member, 'member'))).toEqual(['member']);
    expect(keysIn(await assign(owner, member, 'member'))).toEqual(['member']);
    expect(await loggedEvents(platform, workspaceId, 'role.member-roles-changed')).toEqual([]);
  });

  it('count at once, on both nodes, for HTTP', async () => {
    const invite = (node: TestPlatform) =>
      node.api.as(member.accessToken).post(`/workspaces/${workspaceId}/members/invite`, {});
    const denied = (answer: ApiAnswer) =>
      expectProblem(answer, 403, 'PERMISSION_DENIED', { permission: 'users.create' });
    for (const node of [platform, nodes.two]) denied(await invite(node));
    await set(owner, member, 'admin');
    for (const node of [platform, nodes.two]) {
      await eventually(async () => expectInvalid(await invite(node), 'email', 'role'));
    }
    await set(owner, member, 'viewer');
    for (const node of [platform, nodes.two]) {
      await eventually(async () => denied(await invite(node)));
    }
  });

  it('are told to every node as they change, and what a role holds as well, so that no node waits', async () => {
    const heard: AccessChange[] = [];
    nodes.two.service<AccessChanges>('accessChanges').onChange((change) => heard.push(change));
    await set(owner, member, 'viewer');
    await eventually(() => expect(heard).toContainEqual({ workspaceId, userId: member.id }));
    const { id } = await makeRole(as(owner));
    expect(heard).not.toContainEqual({ workspaceId });
    await as(owner).post(`/roles/${id}/permissions`, { permission: 'roles.read' });
    await eventually(() => expect(heard).toContainEqual({ workspaceId }));
  });

  it('count at once, on both nodes, when a role holds something else', async () => {
    const { id } = await makeRole(as(owner), { key: 'crew', permissions: ['users.read'] });
    await set(owner, member, 'crew');
    const readsRoles = (node: TestPlatform) => as(member, node).get('/roles');
    for (const node of [platform, nodes.two])
      await eventually(async () => expect((await readsRoles(node)).status).toBe(403));
    await as(owner).post(`/roles/${id}/permissions`, { permission: 'roles.read' });
    for (const node of [platform, nodes.two]) {
      await eventually(async () => expect((await readsRoles(node)).status).toBe(200));
    }
    await as(owner).delete(`/roles/${id}/permissions/roles.read`);
    for (const node of [platform, nodes.two]) {
      await eventually(async () => expect((await readsRoles(node)).status).toBe(403));
    }
  });

  it.each<[string, unknown[], string[]]>([
    ['none', [], ['roles']],
    ['what is no role', ['viewer', 'janitor'], ['roles.1']],
    ['one twice', ['viewer', 'viewer'], ['roles.1']],
    ['another type', [1], ['roles.0']],
    ['too many', Array.from({ length: 21 }, (_, index) => `r${index}`), ['roles']],
  ])('can not be %s', async (_what, roles, fields) => {
    expectInvalid(await set(owner, member, ...roles), ...fields);
    expect(await rolesOf(member)).toEqual(['member']);
  });

  it('are one at least, and those that the member has', async () => {
    expectInvalid(await unassign(owner, member, 'member'), 'roles');
    expectProblem(await unassign(owner, member, 'admin'), 404, 'NOT_FOUND');
    expectInvalid(await assign(owner, member, 'janitor'), 'role');
    expectInvalid(await assign(owner, member, ['admin']), 'role');
    expectInvalid(await as(owner).post(`/users/${member.id}/roles`, {}), 'role');
    expectInvalid(await as(owner).delete(`/users/${member.id}/roles/member`), 'roleId');
    expectInvalid(await as(owner).delete(`/users/me/roles/${newId()}`), 'id');
  });

  it('are roles of the workspace, and of people in it', async () => {
    const stranger = await signUp(platform);
    const nobody = { id: newId() };
    for (const call of [
      (target: { id: string }) => set(owner, target, 'viewer'),
      (target: { id: string }) => assign(owner, target, 'viewer'),
      (target: { id: string }) => unassign(owner, target, 'viewer'),
    ]) {
      const foreign = await call(stranger);
      expectProblem(foreign, 404, 'NOT_FOUND');
      expect(withoutRequest(await call(nobody))).toEqual(withoutRequest(foreign));
    }
    const elsewhere = platform.api.as(owner.accessToken, await makeWorkspace(owner));
    const { id } = await makeRole(elsewhere, { key: 'theirs' });
    expectInvalid(await assign(owner, member, 'theirs'), 'role');
    expectInvalid(await set(owner, member, 'theirs'), 'roles.0');
    expectProblem(await as(owner).delete(`/users/${member.id}/roles/${id}`), 404, 'NOT_FOUND');
    expectProblem(await set(stranger, member, 'viewer'), 404, 'NOT_FOUND');
  });

  it('are given and taken by who may, and holds what they hold', async () => {
    const permission = { permission: 'roles.assign', grantableBy: ['admin', 'owner'] };
    expectProblem(await set(member, admin, 'viewer'), 403, 'PERMISSION_DENIED', permission);
    expectProblem(await assign(member, admin, 'viewer'), 403, 'PERMISSION_DENIED', permission);
    expectProblem(await unassign(member, admin, 'admin'), 403, 'PERMISSION_DENIED', permission);
    await makeRole(as(owner), { key: 'assigner', permissions: ['roles.assign', 'roles.read'] });
    const assigner = await addMember(platform, owner, workspaceId, { role: 'assigner' });
    expectEscalation(await set(assigner, assigner, 'admin'));
    expectEscalation(await assign(assigner, member, 'admin'));
    expectEscalation(await unassign(assigner, admin, 'admin'));
    expectEscalation(await set(assigner, admin, 'assigner'));
    expect((await assign(assigner, member, 'assigner')).status).toBe(200);
  });

  it('of an owner are an owner’s to change, and one owner is left', async () => {
    expectEscalation(await set(admin, owner, 'viewer'));
    expectEscalation(await assign(admin, admin, 'owner'));
    expectProblem(await set(owner, owner, 'admin'), 409, 'LAST_OWNER');
    expectProblem(await unassign(owner, owner, 'owner'), 409, 'LAST_OWNER');
    await set(owner, admin, 'owner');
    expect((await set(admin, owner, 'admin')).status).toBe(200);
    expect(await rolesOf(owner)).toEqual(['admin']);
  });
});
