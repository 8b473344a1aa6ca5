import { aMember } from '../../../../../tests/fixtures/aMember';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { AccessChange } from '../../../../core/application/AccessChanges';
import { newId, type UserId, type WorkspaceId } from '../../../../core/domain/Id';
import { memberJoined, memberLeft, workspaceCreated } from '../../../workspace';
import { AddBuiltInRolesOnWorkspaceCreated } from '../../application/AddBuiltInRolesOnWorkspaceCreated';
import { AnnounceAccessOnMemberLeft } from '../../application/AnnounceAccessOnMemberLeft';
import { AssignRolesOnMemberJoined } from '../../application/AssignRolesOnMemberJoined';

describe('The role context', () => {
  const workspaceId = newId<WorkspaceId>();
  const userId = newId<UserId>();
  let platform: InMemoryPlatform;
  let announced: AccessChange[];

  const inWorkspace = <Result>(work: () => Promise<Result>) => platform.unitOfWork.run({ workspaceId }, work);
  const at = () => platform.clock.now();

  beforeEach(() => {
    platform = new InMemoryPlatform();
    announced = [];
    platform.accessChanges.onChange((change) => announced.push(change));
  });

  it('gives a new workspace its built-in roles, with the workspace itself', async () => {
    const handler = new AddBuiltInRolesOnWorkspaceCreated(platform.roles);
    expect(handler).toMatchObject({
      name: 'role.add-built-in-roles-on-workspace-created',
      on: workspaceCreated,
      delivery: 'transactional',
    });
    await inWorkspace(() => handler.handle(workspaceCreated({ workspaceId, at: at() }, { ownerId: userId })));
    for (const role of ['owner', 'admin', 'member', 'viewer']) {
      await expect(platform.roles.permissionsOf(workspaceId, role)).resolves.toEqual(expect.any(Array));
    }
  });

  describe('when a member joins', () => {
    let handler: AssignRolesOnMemberJoined;

    beforeEach(async () => {
      handler = new AssignRolesOnMemberJoined(platform.roles, platform.accessChanges);
      await inWorkspace(async () => {
        await platform.roles.addBuiltIn(workspaceId);
        await platform.members.add(aMember({ workspaceId, userId }));
      });
    });

    it('gives them the roles that they join with, with the membership itself', async () => {
      expect(handler).toMatchObject({
        name: 'role.assign-roles-on-member-joined',
        on: memberJoined,
        delivery: 'transactional',
      });
      await inWorkspace(() => handler.handle(memberJoined({ workspaceId, at: at() }, { userId, roles: ['admin'] })));
      await expect(platform.roles.membersWith(workspaceId, 'admin')).resolves.toEqual([userId]);
      await expect(platform.roles.membersWith(workspaceId, 'owner')).resolves.toEqual([]);
    });

    it('has every node look their access up anew, with the commit', async () => {
      await inWorkspace(async () => {
        await handler.handle(memberJoined({ workspaceId, at: at() }, { userId, roles: ['viewer'] }));
        expect(announced).toEqual([]);
      });
      expect(announced).toEqual([{ workspaceId, userId }]);
    });
  });

  describe('when a member leaves', () => {
    it('has every node forget what they were allowed, with the commit', async () => {
      const handler = new AnnounceAccessOnMemberLeft(platform.accessChanges);
      expect(handler).toMatchObject({
        name: 'role.announce-access-on-member-left',
        on: memberLeft,
        delivery: 'transactional',
      });
      await inWorkspace(() => handler.handle(memberLeft({ workspaceId, at: at() }, { userId, reason: 'left' })));
      expect(announced).toEqual([{ workspaceId, userId }]);
    });
  });

  it('makes nothing of events that belong to no workspace', async () => {
    const { roles, accessChanges } = platform;
    await platform.unitOfWork.run({}, async () => {
      const context = { at: at() };
      await new AddBuiltInRolesOnWorkspaceCreated(roles).handle(workspaceCreated(context, { ownerId: userId }));
      await new AssignRolesOnMemberJoined(roles, accessChanges).handle(
        memberJoined(context, { userId, roles: ['owner'] }),
      );
      await new AnnounceAccessOnMemberLeft(accessChanges).handle(memberLeft(context, { userId, reason: 'left' }));
    });
    expect(announced).toEqual([]);
    await expect(roles.permissionsOf(workspaceId, 'owner')).resolves.toBeNull();
  });
});
