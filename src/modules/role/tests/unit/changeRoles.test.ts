import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import { newId } from '../../../../core/domain/Id';
import { CreateRole } from '../../application/CreateRole';
import { DeleteRole } from '../../application/DeleteRole';
import { GrantPermission } from '../../application/GrantPermission';
import { RoleEditing } from '../../application/RoleEditing';
import { UpdateRole } from '../../application/UpdateRole';
import { WithdrawPermission } from '../../application/WithdrawPermission';
import type { RoleId } from '../../domain/RoleId';
import { RoleKey } from '../../domain/RoleKey';
import { RoleName } from '../../domain/RoleName';

const ESCALATION = { kind: 'forbidden', code: 'ROLE_ESCALATION' };
const READ_ONLY = { kind: 'forbidden', code: 'PERMISSION_DENIED' };
const NOT_FOUND = { kind: 'not-found' };

const invalid = (...fields: string[]) => ({
  code: 'VALIDATION_ERROR',
  details: { errors: fields.map((field) => expect.objectContaining({ field })) },
});

describe('The roles of a workspace', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;
  let admin: WorkspaceActor;
  let createRole: CreateRole;
  let updateRole: UpdateRole;
  let deleteRole: DeleteRole;
  let grantPermission: GrantPermission;
  let withdrawPermission: WithdrawPermission;

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    const { workspaces, roles, memberRoles, unitOfWork, clock } = platform;
    const roleEditing = new RoleEditing(workspaces, roles, memberRoles, unitOfWork, clock);
    createRole = new CreateRole(workspaces, roles, roleEditing, memberRoles, unitOfWork, clock);
    updateRole = new UpdateRole(roleEditing);
    deleteRole = new DeleteRole(roleEditing);
    grantPermission = new GrantPermission(roleEditing);
    withdrawPermission = new WithdrawPermission(roleEditing);
    owner = await platform.addWorkspace();
    admin = await platform.addMember(owner.workspaceId, 'admin');
  });

  const create = (actor: WorkspaceActor, permissions: readonly string[] = [], name = 'Support') =>
    createRole.execute(actor, { name: RoleName(name), permissions });
  const read = async (id: RoleId) => (await platform.roles.get(owner.workspaceId, id)).state;
  const builtIn = (key: string): Promise<RoleId> =>
    platform.unitOfWork.run(owner, async () => platform.roles.role(owner.workspaceId, key)?.id ?? newId<RoleId>());

  describe('are made', () => {
    it('with a key from the name, or the one that is given', async () => {
      expect(await read(await create(admin, ['users.read']))).toMatchObject({
        workspaceId: owner.workspaceId,
        key: 'support',
        name: 'Support',
        description: null,
        system: false,
        permissions: ['users.read'],
      });
      const input = { key: RoleKey('crew'), name: RoleName('Support'), description: 'All hands', permissions: [] };
      expect(await read(await createRole.execute(admin, input))).toMatchObject({
        key: 'crew',
        description: 'All hands',
      });
      expect(platform.eventBus.types()).toEqual(expect.arrayContaining(['role.created', 'role.created']));
    });

    it.each(['Support', 'Owner', 'admin', 'Viewer'])('not with the key of another one, as of %s', async (name) => {
      await create(owner);
      await expect(create(owner, [], name)).rejects.toMatchObject({ kind: 'conflict', code: 'ROLE_KEY_TAKEN' });
    });

    it('with the key of a role of another workspace', async () => {
      await create(owner);
      await expect(create(await platform.addWorkspace())).resolves.toEqual(expect.any(String));
    });

    it('of permissions that there are', async () => {
      const refused = create(owner, ['users.read', 'users.fly', '__proto__']);
      await expect(refused).rejects.toMatchObject(invalid('permissions.1', 'permissions.2'));
    });

    it('of no permission that their maker lacks, at this moment', async () => {
      await expect(create(admin, ['users.read', 'workspaces.delete'])).rejects.toMatchObject(ESCALATION);
      const viewer = await platform.addMember(owner.workspaceId, 'viewer');
      const pretender = { ...viewer, permissions: owner.permissions, roles: ['owner'] };
      await expect(create(pretender, ['users.delete'])).rejects.toMatchObject(ESCALATION);
      expect(platform.eventBus.types()).not.toContain('role.created');
    });
  });

  describe('are changed', () => {
    it('in what is named, and keep the rest', async () => {
      const id = await create(owner, ['users.read']);
      await updateRole.execute(admin, { id, name: RoleName('Crew'), key: RoleKey('support') });
      expect(await read(id)).toMatchObject({ key: 'support', name: 'Crew', permissions: ['users.read'] });
      await updateRole.execute(admin, { id, permissions: [] });
      expect(await read(id)).toMatchObject({ name: 'Crew', permissions: [] });
    });

    it('in everything but their key', async () => {
      const id = await create(owner);
      const refused = updateRole.execute(owner, { id, key: RoleKey('crew'), name: RoleName('Crew') });
      await expect(refused).rejects.toMatchObject(invalid('key'));
      expect(await read(id)).toMatchObject({ key: 'support', name: 'Support' });
    });

    it('permission by permission', async () => {
      const id = await create(owner, ['users.read']);
      await grantPermission.execute(admin, { id, permission: 'users.create' });
      await withdrawPermission.execute(admin, { id, permission: 'users.read' });
      expect((await read(id)).permissions).toEqual(['users.create']);
      const refused = withdrawPermission.execute(admin, { id, permission: 'users.read' });
      await expect(refused).rejects.toMatchObject(NOT_FOUND);
    });

    it('to hold nothing that there is not', async () => {
      const id = await create(owner);
      await expect(updateRole.execute(owner, { id, permissions: ['x.y'] })).rejects.toMatchObject(
        invalid('permissions.0'),
      );
      await expect(grantPermission.execute(owner, { id, permission: 'x.y' })).rejects.toMatchObject(
        invalid('permission'),
      );
    });

    it('by nobody who lacks what they hold before or after', async () => {
      const mighty = await create(owner, ['workspaces.delete'], 'Mighty');
      const plain = await create(owner, ['users.read'], 'Plain');
      const attempts = [
        () => updateRole.execute(admin, { id: mighty, name: RoleName('Mine') }),
        () => updateRole.execute(admin, { id: mighty, permissions: [] }),
        () => withdrawPermission.execute(admin, { id: mighty, permission: 'workspaces.delete' }),
        () => grantPermission.execute(admin, { id: mighty, permission: 'users.read' }),
        () => deleteRole.execute(admin, { id: mighty }),
        () => updateRole.execute(admin, { id: plain, permissions: ['workspaces.delete'] }),
        () => grantPermission.execute(admin, { id: plain, permission: 'workspaces.delete' }),
      ];
      for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject(ESCALATION);
      expect([await read(mighty), await read(plain)]).toMatchObject([
        { name: 'Mighty', permissions: ['workspaces.delete'] },
        { name: 'Plain', permissions: ['users.read'] },
      ]);
      expect(platform.eventBus.types()).not.toContain('role.changed');
    });

    it('but for the built-in ones, by nobody', async () => {
      const id = await builtIn('viewer');
      const attempts = [
        () => updateRole.execute(owner, { id, name: RoleName('Reader') }),
        () => grantPermission.execute(owner, { id, permission: 'users.create' }),
        () => withdrawPermission.execute(owner, { id, permission: 'users.read' }),
        () => deleteRole.execute(owner, { id }),
      ];
      for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject(READ_ONLY);
    });

    it('in their own workspace alone', async () => {
      const attempts = (actor: WorkspaceActor, id: RoleId) => [
        () => updateRole.execute(actor, { id, name: RoleName('Mine') }),
        () => grantPermission.execute(actor, { id, permission: 'users.read' }),
        () => deleteRole.execute(actor, { id }),
      ];
      const stranger = await platform.addWorkspace();
      const foreign = attempts(stranger, await create(owner));
      for (const attempt of [...foreign, ...attempts(owner, newId())]) {
        await expect(attempt()).rejects.toMatchObject(NOT_FOUND);
      }
    });
  });

  describe('are deleted', () => {
    it('when nobody has them, and are told of by id', async () => {
      const id = await create(owner);
      await deleteRole.execute(admin, { id });
      await expect(read(id)).rejects.toMatchObject(NOT_FOUND);
      expect(platform.eventBus.types().at(-1)).toBe('role.deleted');
    });

    it('not while somebody has them', async () => {
      const id = await create(owner);
      await platform.addMember(owner.workspaceId, 'support', { status: 'banned' });
      await expect(deleteRole.execute(owner, { id })).rejects.toMatchObject({ kind: 'conflict', code: 'ROLE_IN_USE' });
      expect(await read(id)).toMatchObject({ key: 'support' });
    });
  });
});
