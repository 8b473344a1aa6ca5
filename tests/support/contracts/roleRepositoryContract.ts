import { aMember } from '../../fixtures/aMember';
import { newId, type UserId, type WorkspaceId } from '../../../src/core/domain/Id';
import type { MemberStatus } from '../../../src/modules/workspace/domain/MemberStatus';
import { settle } from '../settle';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';

const NOW = new Date('2026-01-15T12:00:00.123Z');

/** What every RoleRepository does. */
export function roleRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;
  let workspaceId: WorkspaceId;
  let otherId: WorkspaceId;

  const within = <Result>(scope: WorkspaceId, work: () => Promise<Result>) =>
    world.unitOfWork.run({ workspaceId: scope }, work);
  const assign = (userId: UserId, roles: readonly string[], scope = workspaceId) =>
    within(scope, () => world.roles.assign(scope, userId, roles));
  const remove = (userId: UserId) =>
    within(workspaceId, async () => world.members.remove(await world.members.get(workspaceId, userId)));
  const heldBy = async (userId: UserId, scope = workspaceId) =>
    [...(await world.roles.permissionsOfMember(scope, userId))].sort();
  const permissionsOf = async (role: string, scope = workspaceId) =>
    [...((await world.roles.permissionsOf(scope, role)) ?? ['no such role'])].sort();

  const join = async (roles: readonly string[], status: MemberStatus = 'active', scope = workspaceId) => {
    const userId = await settle.user(world);
    await within(scope, () => world.members.add(aMember({ workspaceId: scope, userId, status })));
    await assign(userId, roles, scope);
    return userId;
  };

  const settleWithRoles = async () => {
    const id = await settle.workspace(world);
    await within(id, () => world.roles.addBuiltIn(id, NOW));
    return id;
  };

  beforeAll(async () => {
    world = await start();
  });

  beforeEach(async () => {
    workspaceId = await settleWithRoles();
    otherId = await settleWithRoles();
  });

  afterAll(() => world.stop());

  it('gives the built-in roles what the modules declare', async () => {
    const [owner, admin, member, viewer] = await Promise.all(
      ['owner', 'admin', 'member', 'viewer'].map((role) => permissionsOf(role)),
    );
    expect(owner).toEqual(expect.arrayContaining(['users.create', 'users.read', 'workspaces.delete']));
    expect(admin).toEqual(expect.arrayContaining(['users.create', 'users.read']));
    expect(admin).not.toContain('workspaces.delete');
    for (const reader of [member, viewer]) {
      expect(reader).toContain('users.read');
      expect(reader).not.toContain('users.create');
    }
  });

  it('knows a role by its key in its workspace alone', async () => {
    await expect(world.roles.permissionsOf(workspaceId, 'janitor')).resolves.toBeNull();
    await expect(world.roles.permissionsOf(workspaceId, 'Owner')).resolves.toBeNull();
    await expect(world.roles.permissionsOf(newId(), 'owner')).resolves.toBeNull();
  });

  it('adds the built-in roles once', async () => {
    await expect(within(workspaceId, () => world.roles.addBuiltIn(workspaceId, NOW))).rejects.toThrow();
  });

  it('gives a member what their roles hold together', async () => {
    const userId = await join(['viewer']);
    await expect(heldBy(userId)).resolves.toEqual(await permissionsOf('viewer'));
    await assign(userId, ['owner', 'admin']);
    await expect(heldBy(userId)).resolves.toEqual(await permissionsOf('owner'));
  });

  it('gives nothing to a member without a role, or to anybody else', async () => {
    await expect(heldBy(await join([]))).resolves.toEqual([]);
    await expect(heldBy(newId())).resolves.toEqual([]);
  });

  it('assigns a role that somebody has already, or that there is not, without complaint', async () => {
    const userId = await join(['admin']);
    await assign(userId, ['admin', 'janitor']);
    await assign(userId, []);
    await expect(world.roles.membersWith(workspaceId, 'admin')).resolves.toEqual([userId]);
    await expect(world.roles.membersWith(workspaceId, 'janitor')).resolves.toEqual([]);
  });

  it('gives no role to who is not a member', async () => {
    await expect(assign(await settle.user(world), ['viewer'])).rejects.toThrow();
    const theirs = await join(['owner'], 'active', otherId);
    await expect(assign(theirs, ['viewer'])).rejects.toThrow();
  });

  it.each(['inactive', 'banned'] as const)('counts nothing that a member holds who is %s', async (status) => {
    const userId = await join(['owner'], status);
    await expect(heldBy(userId)).resolves.toEqual([]);
    await expect(world.roles.membersWith(workspaceId, 'owner')).resolves.toEqual([]);
  });

  it('names all active members with a role', async () => {
    const owners = [await join(['owner']), await join(['owner', 'viewer'])];
    await join(['admin']);
    const named = await world.roles.membersWith(workspaceId, 'owner');
    expect([...named].sort()).toEqual(owners.sort());
  });

  it('takes the roles away with the membership, for good', async () => {
    const userId = await join(['owner']);
    await remove(userId);
    await expect(heldBy(userId)).resolves.toEqual([]);
    await expect(world.roles.membersWith(workspaceId, 'owner')).resolves.toEqual([]);
    await within(workspaceId, () => world.members.add(aMember({ workspaceId, userId })));
    await expect(heldBy(userId)).resolves.toEqual([]);
  });

  it('keeps the roles of one person in two workspaces apart', async () => {
    const userId = await join(['viewer']);
    await within(otherId, () => world.members.add(aMember({ workspaceId: otherId, userId })));
    await assign(userId, ['owner'], otherId);
    await expect(heldBy(userId)).resolves.toEqual(await permissionsOf('viewer'));
    await expect(heldBy(userId, otherId)).resolves.toEqual(await permissionsOf('owner', otherId));
    await expect(world.roles.membersWith(workspaceId, 'owner')).resolves.toEqual([]);
  });

  it('reads nothing of another workspace from within one', async () => {
    const owner = await join(['owner'], 'active', otherId);
    const { roles } = world;
    await within(workspaceId, async () => {
      await expect(roles.permissionsOf(otherId, 'owner')).rejects.toThrow('can not change its tenant');
      await expect(roles.permissionsOfMember(otherId, owner)).rejects.toThrow('can not change its tenant');
      await expect(roles.membersWith(otherId, 'owner')).rejects.toThrow('can not change its tenant');
    });
  });

  it('can not be made to write into another workspace', async () => {
    const third = await settle.workspace(world);
    const write = within(workspaceId, () => world.roles.addBuiltIn(third, NOW));
    await expect(write).rejects.toThrow(/row-level security/);
  });

  it('sees what its own unit of work has changed', async () => {
    const userId = await join([]);
    await within(workspaceId, async () => {
      await world.roles.assign(workspaceId, userId, ['owner']);
      await expect(world.roles.membersWith(workspaceId, 'owner')).resolves.toEqual([userId]);
      expect((await world.roles.permissionsOfMember(workspaceId, userId)).has('workspaces.delete')).toBe(true);
    });
  });

  it('makes one member an owner and another one, who was, an admin, in one workspace', async () => {
    const [from, to] = [await join(['owner', 'viewer']), await join(['viewer'])];
    await within(otherId, () => world.members.add(aMember({ workspaceId: otherId, userId: from })));
    await assign(from, ['owner'], otherId);
    await within(workspaceId, () => world.roles.handOverOwnership(workspaceId, from, to));
    await expect(world.roles.membersWith(workspaceId, 'owner')).resolves.toEqual([to]);
    await expect(heldBy(from)).resolves.toEqual(await permissionsOf('admin'));
    await expect(world.roles.has(workspaceId, from, 'viewer')).resolves.toBe(true);
    await expect(heldBy(to)).resolves.toEqual(await permissionsOf('owner'));
    await expect(heldBy(from, otherId)).resolves.toEqual(await permissionsOf('owner', otherId));
  });

  it('needs a unit of work to write', async () => {
    await expect(world.roles.addBuiltIn(newId(), NOW)).rejects.toThrow('open unit of work');
    await expect(world.roles.assign(workspaceId, newId(), ['owner'])).rejects.toThrow('open unit of work');
    await expect(world.roles.handOverOwnership(workspaceId, newId(), newId())).rejects.toThrow('open unit of work');
  });

  it('knows who has a role, suspended or not, in its workspace alone', async () => {
    const has = (userId: UserId, role: string, scope = workspaceId) => world.roles.has(scope, userId, role);
    const [active, banned] = [await join(['owner', 'viewer']), await join(['owner'], 'banned')];
    await expect(Promise.all([has(active, 'owner'), has(active, 'viewer'), has(banned, 'owner')])).resolves.toEqual([
      true,
      true,
      true,
    ]);
    await expect(has(active, 'admin')).resolves.toBe(false);
    await expect(has(active, 'owner', otherId)).resolves.toBe(false);
    await expect(has(newId(), 'owner')).resolves.toBe(false);
  });
}
