import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import { newId } from '../../../../core/domain/Id';
import { AssignRole } from '../../application/AssignRole';
import { MemberRoleChanges } from '../../application/MemberRoleChanges';
import { SetMemberRoles } from '../../application/SetMemberRoles';
import { UnassignRole } from '../../application/UnassignRole';
import { memberRolesChanged } from '../../domain/events';
import type { RoleId } from '../../domain/RoleId';

const ESCALATION = { kind: 'forbidden', code: 'ROLE_ESCALATION' };
const LAST_OWNER = { kind: 'conflict', code: 'LAST_OWNER' };
const NOT_FOUND = { kind: 'not-found' };
const invalid = (...fields: string[]) => ({
  code: 'VALIDATION_ERROR',
  details: { errors: fields.map((field) => expect.objectContaining({ field })) },
});

describe('The roles of a member', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;
  let admin: WorkspaceActor;
  let member: WorkspaceActor;
  let setMemberRoles: SetMemberRoles;
  let assignRole: AssignRole;
  let unassignRole: UnassignRole;

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    const { workspaces, roles, memberRoles, ownerRules, eventBus, unitOfWork, clock } = platform;
    const changes = new MemberRoleChanges(workspaces, roles, memberRoles, ownerRules, eventBus, unitOfWork, clock);
    setMemberRoles = new SetMemberRoles(roles, changes);
    assignRole = new AssignRole(changes);
    unassignRole = new UnassignRole(roles, changes, unitOfWork);
    owner = await platform.addWorkspace();
    admin = await join('admin');
    member = await join('member');
  });

  const join = (role: string, status: 'active' | 'banned' = 'active') =>
    platform.addMember(owner.workspaceId, role, { status });
  const rolesOf = ({ userId }: WorkspaceActor) => platform.roles.rolesOf(owner.workspaceId, userId);
  const idOf = (key: string): Promise<RoleId> =>
    platform.unitOfWork.run(owner, async () => platform.roles.role(owner.workspaceId, key)?.id ?? newId<RoleId>());

  const set = (actor: WorkspaceActor, { userId }: Pick<WorkspaceActor, 'userId'>, ...roles: string[]) =>
    setMemberRoles.execute(actor, { userId, roles });
  const assign = (actor: WorkspaceActor, { userId }: Pick<WorkspaceActor, 'userId'>, role: string) =>
    assignRole.execute(actor, { userId, role });
  const unassign = async (actor: WorkspaceActor, { userId }: Pick<WorkspaceActor, 'userId'>, role: string) =>
    unassignRole.execute(actor, { userId, roleId: await idOf(role) });

  it('are set as a whole, and told of with what is new and what is gone', async () => {
    await set(admin, member, 'viewer', 'admin');
    await expect(rolesOf(member)).resolves.toEqual(['admin', 'viewer']);
    const { userId } = member;
    expect(platform.eventBus.of(memberRolesChanged)).toEqual([
      expect.objectContaining({
        workspaceId: owner.workspaceId,
        actorId: admin.userId,
        facts: { userId, roles: ['admin', 'viewer'], added: ['admin', 'viewer'], removed: ['member'] },
      }),
    ]);
  });

  it('are given and taken one by one', async () => {
    await assign(admin, member, 'viewer');
    await expect(rolesOf(member)).resolves.toEqual(['member', 'viewer']);
    await unassign(admin, member, 'member');
    await expect(rolesOf(member)).resolves.toEqual(['viewer']);
  });

  it('say nothing of a change to what they are', async () => {
    await set(admin, member, 'member');
    await assign(admin, member, 'member');
    expect(platform.eventBus.of(memberRolesChanged)).toEqual([]);
  });

  it('may be changed of somebody who is suspended', async () => {
    const banned = await join('member', 'banned');
    await set(admin, banned, 'viewer');
    await expect(rolesOf(banned)).resolves.toEqual(['viewer']);
  });

  it('are roles that there are', async () => {
    await expect(set(owner, member, 'viewer', 'janitor', 'x')).rejects.toMatchObject(invalid('roles.1', 'roles.2'));
    await expect(assign(owner, member, 'janitor')).rejects.toMatchObject(invalid('role'));
    await expect(unassign(owner, member, 'janitor')).rejects.toMatchObject(NOT_FOUND);
    await expect(unassign(owner, member, 'viewer')).rejects.toMatchObject(NOT_FOUND);
  });

  it('are those of a member', async () => {
    const stranger = { userId: (await platform.addUser()).userId };
    await expect(set(owner, stranger, 'viewer')).rejects.toMatchObject(NOT_FOUND);
    await expect(assign(owner, stranger, 'viewer')).rejects.toMatchObject(NOT_FOUND);
    await expect(unassign(owner, stranger, 'viewer')).rejects.toMatchObject(NOT_FOUND);
  });

  it('are at least one', async () => {
    await expect(unassign(owner, member, 'member')).rejects.toMatchObject(invalid('roles'));
    await expect(set(owner, member)).rejects.toMatchObject(invalid('roles'));
    await expect(rolesOf(member)).resolves.toEqual(['member']);
  });

  describe('are nobody’s to change', () => {
    const untouched = async (attempt: () => Promise<void>, code: object) => {
      const before = platform.eventBus.types();
      await expect(attempt()).rejects.toMatchObject(code);
      expect(platform.eventBus.types()).toEqual(before);
    };

    it('upward, of one’s own or of others', async () => {
      await untouched(() => assign(member, member, 'admin'), ESCALATION);
      await untouched(() => set(member, member, 'admin', 'member'), ESCALATION);
      await untouched(() => assign(admin, member, 'owner'), ESCALATION);
      await untouched(() => set(admin, admin, 'owner'), ESCALATION);
      await expect(rolesOf(member)).resolves.toEqual(['member']);
    });

    it('who does not hold what the role holds that is taken', async () => {
      await untouched(() => set(member, admin, 'viewer'), ESCALATION);
      await untouched(() => unassign(member, admin, 'admin'), ESCALATION);
    });

    it('of an owner, but another owner’s', async () => {
      const second = await join('owner');
      await untouched(() => set(admin, second, 'viewer'), ESCALATION);
      await untouched(() => assign(admin, second, 'viewer'), ESCALATION);
      await untouched(() => unassign(admin, second, 'owner'), ESCALATION);
      await set(owner, second, 'viewer');
      await expect(rolesOf(second)).resolves.toEqual(['viewer']);
    });

    it('by what a request was admitted with', async () => {
      const pretender = { ...member, roles: ['owner'], permissions: owner.permissions };
      await untouched(() => assign(pretender, member, 'admin'), ESCALATION);
      await untouched(() => set(pretender, owner, 'viewer'), ESCALATION);
    });
  });

  it('let one go down', async () => {
    await set(admin, admin, 'viewer');
    await expect(rolesOf(admin)).resolves.toEqual(['viewer']);
  });

  it('leave the workspace an owner who is active', async () => {
    await join('owner', 'banned');
    await expect(set(owner, owner, 'admin')).rejects.toMatchObject(LAST_OWNER);
    await expect(unassign(owner, owner, 'owner')).rejects.toMatchObject(LAST_OWNER);
    const second = await join('owner');
    await Promise.allSettled([set(owner, second, 'admin'), set(second, owner, 'admin')]);
    await expect(platform.roles.membersWith(owner.workspaceId, 'owner')).resolves.toHaveLength(1);
  });
});
