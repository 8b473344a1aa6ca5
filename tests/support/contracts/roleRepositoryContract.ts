import { aMember } from '../../fixtures/aMember';
import { aRole } from '../../fixtures/aRole';
import { newId, type UserId, type WorkspaceId } from '../../../src/core/domain/Id';
import type { Role, RoleState } from '../../../src/modules/role/domain/Role';
import type { RoleId } from '../../../src/modules/role/domain/RoleId';
import { RoleKey } from '../../../src/modules/role/domain/RoleKey';
import { RoleName } from '../../../src/modules/role/domain/RoleName';
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

  it('needs a unit of work to write', async () => {
    await expect(world.roles.addBuiltIn(newId(), NOW)).rejects.toThrow('open unit of work');
    await expect(world.roles.assign(workspaceId, newId(), ['owner'])).rejects.toThrow('open unit of work');
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

  describe('of roles of a workspace’s own', () => {
    const LATER = new Date('2026-01-16T12:00:00.456Z');
    const by = newId<UserId>();

    const save = (role: Role, scope = workspaceId) => within(scope, () => world.roles.save(role));
    const get = (id: RoleId, scope = workspaceId) => world.roles.get(scope, id);
    const saved = async (state: Partial<RoleState> = {}) => {
      const role = aRole({ workspaceId, permissions: ['users.create', 'users.read'], ...state });
      await save(role, role.state.workspaceId);
      return get(role.state.id, role.state.workspaceId);
    };

    it('gives back what was saved', async () => {
      const role = aRole({
        workspaceId,
        key: RoleKey('crew'),
        name: RoleName('Ladies & <Gentlemen>'),
        description: '“All hands”',
        permissions: ['users.create', 'users.read'],
      });
      await save(role);
      const read = await get(role.state.id);
      expect([read.state, read.version]).toEqual([role.state, 1]);
    });

    it('replaces what a role holds, and counts its versions', async () => {
      const role = await saved();
      role.edit({ name: RoleName('Crew'), description: 'New', permissions: ['users.read', 'users.delete'] }, by, LATER);
      await save(role);
      const read = await get(role.state.id);
      expect([read.state, read.version]).toEqual([role.state, 2]);
      expect(read.state).toMatchObject({ permissions: ['users.delete', 'users.read'], updatedAt: LATER });
      read.edit({ permissions: [] }, by, LATER);
      await save(read);
      await expect(permissionsOf('support')).resolves.toEqual([]);
    });

    it('saves nothing over what was changed since it was read', async () => {
      const first = await saved();
      const second = await get(first.state.id);
      first.edit({ name: RoleName('First') }, by, LATER);
      second.edit({ name: RoleName('Second'), permissions: ['users.delete'] }, by, LATER);
      await save(first);
      await expect(save(second)).rejects.toMatchObject({ kind: 'conflict', code: 'CONFLICT' });
      expect((await get(first.state.id)).state).toMatchObject({ name: 'First', permissions: first.state.permissions });
      const stale = within(workspaceId, () => world.roles.remove(second));
      await expect(stale).rejects.toMatchObject({ kind: 'conflict', code: 'CONFLICT' });
    });

    it.each(['support', 'owner'])('has one role of each key in a workspace: %s', async (key) => {
      await saved();
      const again = save(aRole({ workspaceId, key: RoleKey(key) }));
      await expect(again).rejects.toMatchObject({ kind: 'conflict', code: 'ROLE_KEY_TAKEN' });
      await saved({ workspaceId: otherId });
    });

    it('publishes what happened to a role, with the change or not at all', async () => {
      const before = (await world.published()).length;
      const role = await saved();
      const failure = new Error('Undone.');
      const undone = within(workspaceId, async () => {
        role.edit({ name: RoleName('Undone') }, by, LATER);
        await world.roles.save(role);
        throw failure;
      });
      await expect(undone).rejects.toBe(failure);
      const read = await get(role.state.id);
      expect(read.state.name).toBe('Support');
      read.edit({ name: RoleName('Crew') }, by, LATER);
      await save(read);
      const last = await get(role.state.id);
      last.delete(by, LATER);
      await within(workspaceId, () => world.roles.remove(last));
      expect((await world.published()).slice(before)).toEqual(['role.changed', 'role.deleted']);
      await expect(get(role.state.id)).rejects.toMatchObject({ kind: 'not-found' });
      await expect(world.roles.permissionsOf(workspaceId, 'support')).resolves.toBeNull();
    });

    it.each(['active', 'banned'] as const)('removes none that an %s member has', async (status) => {
      const role = await saved();
      const userId = await join(['support'], status);
      const removeRole = () => within(workspaceId, () => world.roles.remove(role));
      await expect(removeRole()).rejects.toMatchObject({ kind: 'conflict', code: 'ROLE_IN_USE' });
      await within(workspaceId, () => world.roles.unassign(workspaceId, userId, ['support']));
      await removeRole();
      await expect(get(role.state.id)).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('finds none of another workspace, or that there is not', async () => {
      const { id } = (await saved({ workspaceId: otherId })).state;
      await expect(get(id)).rejects.toMatchObject({ kind: 'not-found' });
      await expect(get(newId<RoleId>())).rejects.toMatchObject({ kind: 'not-found' });
      const write = within(workspaceId, () => world.roles.save(aRole({ workspaceId: otherId })));
      await expect(write).rejects.toThrow(/row-level security/);
    });

    it('counts what they hold among what a member holds', async () => {
      await saved();
      await saved({ key: RoleKey('cleaner'), permissions: ['users.delete'] });
      await expect(heldBy(await join(['support', 'cleaner']))).resolves.toEqual([
        'users.create',
        'users.delete',
        'users.read',
      ]);
    });

    it('needs a unit of work to write', async () => {
      const { roles } = world;
      await expect(roles.save(aRole({ workspaceId }))).rejects.toThrow('open unit of work');
      await expect(roles.remove(aRole({ workspaceId }, 1))).rejects.toThrow('open unit of work');
      await expect(roles.unassign(workspaceId, newId(), ['owner'])).rejects.toThrow('open unit of work');
    });
  });

  it('knows the keys of all permissions', async () => {
    const catalogue = await world.roles.catalogue();
    expect([...catalogue]).toEqual(expect.arrayContaining(['roles.assign', 'users.read', 'workspaces.delete']));
    expect(catalogue.has('users.fly')).toBe(false);
  });

  it('tells the roles of a member, suspended or not, and of nobody else', async () => {
    const rolesOf = (userId: UserId, scope = workspaceId) => world.roles.rolesOf(scope, userId);
    const userId = await join(['viewer', 'admin']);
    await expect(rolesOf(userId)).resolves.toEqual(['admin', 'viewer']);
    await expect(rolesOf(await join(['owner'], 'banned'))).resolves.toEqual(['owner']);
    await expect(rolesOf(await join([]))).resolves.toEqual([]);
    await expect(rolesOf(userId, otherId)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(rolesOf(newId())).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('takes from a member the roles that are named, and from nobody else', async () => {
    const userId = await join(['viewer', 'admin', 'member']);
    const other = await join(['viewer']);
    await within(otherId, () => world.members.add(aMember({ workspaceId: otherId, userId })));
    await assign(userId, ['viewer'], otherId);
    await within(workspaceId, () => world.roles.unassign(workspaceId, userId, ['viewer', 'admin', 'owner', 'janitor']));
    await expect(world.roles.rolesOf(workspaceId, userId)).resolves.toEqual(['member']);
    await expect(world.roles.rolesOf(workspaceId, other)).resolves.toEqual(['viewer']);
    await expect(world.roles.rolesOf(otherId, userId)).resolves.toEqual(['viewer']);
  });
}
