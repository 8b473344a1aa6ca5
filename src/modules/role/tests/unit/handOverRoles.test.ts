import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { UserId, WorkspaceId } from '../../../../core/domain/Id';
import { ownershipTransferred } from '../../../workspace';
import { HandOverRolesOnOwnershipTransferred } from '../../application/HandOverRolesOnOwnershipTransferred';
import { MemberRoleChanges } from '../../application/MemberRoleChanges';
import { memberRolesChanged } from '../../domain/events';

describe('The ownership that passes', () => {
  let platform: InMemoryPlatform;
  let workspaceId: WorkspaceId;
  let from: UserId;
  let to: UserId;

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    ({ workspaceId, userId: from } = await platform.addWorkspace());
    ({ userId: to } = await platform.addMember(workspaceId, 'viewer'));
  });

  const rolesOf = (userId: UserId) => platform.roles.rolesOf(workspaceId, userId);
  const told = () => platform.eventBus.of(memberRolesChanged);

  it('by an offer makes one an owner and the other an admin, and tells both', async () => {
    const handler = new HandOverRolesOnOwnershipTransferred(platform.roles, platform.eventBus);
    expect(handler).toMatchObject({ on: ownershipTransferred, delivery: 'transactional' });
    const context = { workspaceId, actorId: to, at: platform.clock.now() };
    await platform.unitOfWork.run({ workspaceId }, () => handler.handle(ownershipTransferred(context, { from, to })));
    expect([await rolesOf(from), await rolesOf(to)]).toEqual([['admin'], ['owner', 'viewer']]);
    expect(told().map(({ actorId, facts }) => ({ actorId, ...facts }))).toEqual([
      { actorId: to, userId: from, roles: ['admin'], added: ['admin'], removed: ['owner'] },
      { actorId: to, userId: to, roles: ['owner', 'viewer'], added: ['owner'], removed: [] },
    ]);
  });

  it('is nothing that happens outside a workspace', async () => {
    const handler = new HandOverRolesOnOwnershipTransferred(platform.roles, platform.eventBus);
    await handler.handle(ownershipTransferred({ at: platform.clock.now() }, { from, to }));
    expect(await rolesOf(from)).toEqual(['owner']);
  });

  it('by a change of roles gives the workspace another one who stands for its owners', async () => {
    const { workspaces, roles, memberRoles, ownerRules, eventBus, unitOfWork, clock } = platform;
    const changes = new MemberRoleChanges(workspaces, roles, memberRoles, ownerRules, eventBus, unitOfWork, clock);
    const second = await platform.addMember(workspaceId, 'owner');
    const ownerId = () =>
      unitOfWork.run({ workspaceId }, async () => (await workspaces.get(workspaceId)).state.ownerId);
    const workspace = await unitOfWork.run({ workspaceId }, () => workspaces.lock(workspaceId));
    await unitOfWork.run({ workspaceId }, async () => {
      workspace.nameOwner(from, from, clock.now());
      await workspaces.save(workspace);
    });
    await changes.change(second, to, () => ['admin']);
    expect(await ownerId()).toBe(from);
    await changes.change(second, from, () => ['admin']);
    expect(await ownerId()).toBe(second.userId);
  });
});
