import { eventually } from '../../../../../tests/support/eventually';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { makeRole } from '../../../../../tests/support/roles';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { TestPlatform } from '../../../../../tests/support/testPlatform';

const CHANGED = 'role:changed';
const PERMISSIONS = 'permissions:changed';

describe('What is heard of roles', () => {
  let platform: TestPlatform;
  let owner: Person;
  let member: Person;
  let workspaceId: string;
  let owners: SocketClient;
  let members: SocketClient;
  let elsewhere: SocketClient;
  let foreign: SocketClient;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
    member = await addMember(platform, owner, workspaceId);
    const stranger = await signUp(platform);
    const connect = ({ accessToken: token }: Person, workspace?: string) =>
      SocketClient.connect(platform.address, { token, ...(workspace && { workspaceId: workspace }) });
    owners = await connect(owner, workspaceId);
    members = await connect(member, workspaceId);
    elsewhere = await connect(member);
    foreign = await connect(stranger, await makeWorkspace(stranger));
  });

  afterAll(async () => {
    for (const socket of [owners, members, elsewhere, foreign]) socket.disconnect();
    await platform.stop();
  });

  const api = () => platform.api.as(owner.accessToken, workspaceId);
  const common = (type: string) => ({
    id: expect.any(String),
    type,
    workspaceId,
    cursor: expect.stringMatching(/^\d+\.\d+$/),
    occurredAt: expect.stringMatching(/Z$/),
    actorId: owner.id,
  });

  it('tells the workspace of a role that is made, changed and deleted', async () => {
    const { memberCount, ...role } = await makeRole(api(), { key: 'crew' });
    await api().put(`/roles/${role.id}`, { name: 'Crew' });
    await api().delete(`/roles/${role.id}`);
    const told = [
      { ...common('role.created'), role },
      { ...common('role.changed'), role: { ...role, name: 'Crew' }, added: [], removed: [] },
      { ...common('role.deleted'), roleId: role.id, key: 'crew' },
    ];
    for (const socket of [owners, members]) await eventually(() => expect(socket.told(CHANGED)).toEqual(told));
    expect([memberCount, elsewhere.told(CHANGED), foreign.heard]).toEqual([0, [], []]);
  });

  it('tells a person, on every connection and nobody else, that their roles are others', async () => {
    await platform.api
      .as(owner.accessToken)
      .put(`/workspaces/${workspaceId}/members/${member.id}/roles`, { roles: ['admin'] });
    const facts = { userId: member.id, roles: ['admin'], added: ['admin'], removed: ['member'] };
    const told = [{ ...common('role.member-roles-changed'), ...facts }];
    for (const socket of [members, elsewhere]) await eventually(() => expect(socket.told(PERMISSIONS)).toEqual(told));
    expect([owners.told(PERMISSIONS), foreign.heard]).toEqual([[], []]);
  });

  it('tells those who have a role what it holds now, once on each connection', async () => {
    const { id } = await makeRole(api(), { key: 'helpers' });
    const before = members.told(PERMISSIONS).length + 1;
    await api().post(`/users/${member.id}/roles`, { role: 'helpers' });
    await eventually(() => expect(elsewhere.told(PERMISSIONS)).toHaveLength(before));
    await api().put(`/roles/${id}`, { name: 'Helpers' });
    await api().post(`/roles/${id}/permissions`, { permission: 'users.update' });
    for (const socket of [members, elsewhere]) {
      await eventually(() => expect(socket.told(PERMISSIONS)).toHaveLength(before + 1));
      expect(socket.told(PERMISSIONS).at(-1)).toMatchObject({
        ...common('role.changed'),
        role: { id, permissions: ['users.read', 'users.update'] },
        added: ['users.update'],
        removed: [],
      });
    }
    await eventually(() => expect(owners.told(CHANGED).at(-1)).toMatchObject({ added: ['users.update'] }));
    expect([owners.told(PERMISSIONS), foreign.heard]).toEqual([[], []]);
  });
});
