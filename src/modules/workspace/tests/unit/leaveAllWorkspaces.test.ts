import { anInvitation } from '../../../../../tests/fixtures/anInvitation';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import { LeaveAllWorkspaces } from '../../application/LeaveAllWorkspaces';
import { invitationRevoked, memberLeft } from '../../domain/events';

describe('LeaveAllWorkspaces', () => {
  let platform: InMemoryPlatform;
  let one: WorkspaceActor;
  let two: WorkspaceActor;
  let ada: WorkspaceActor;
  let leave: (person: WorkspaceActor) => Promise<void>;

  const isMember = ({ userId }: WorkspaceActor, { workspaceId }: WorkspaceActor) =>
    platform.unitOfWork.run({ workspaceId }, () => platform.members.has(workspaceId, userId));

  const invite = ({ workspaceId, userId }: WorkspaceActor, email: string) => {
    const invitation = anInvitation({ workspaceId, email, invitedBy: userId });
    return platform.unitOfWork.run({ workspaceId }, async () => {
      await platform.invitations.save(invitation);
      return invitation.state.id;
    });
  };

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    [one, two] = [await platform.addWorkspace(), await platform.addWorkspace()];
    ada = await platform.addMember(one.workspaceId, 'member', { status: 'banned' });
    const { leaveAllWorkspaces, unitOfWork } = platform;
    leave = (person) => unitOfWork.run({}, () => leaveAllWorkspaces.execute(person));
  });

  it('ends every membership, suspended or not, and revokes what the address was invited to', async () => {
    const invitationId = await invite(two, ada.email);
    await invite(two, 'somebody.else@example.com');
    await leave(ada);
    await expect(isMember(ada, one)).resolves.toBe(false);
    const { userId } = ada;
    expect(platform.eventBus.of(memberLeft)).toMatchObject([
      { workspaceId: one.workspaceId, actorId: userId, facts: { userId, reason: 'left' } },
    ]);
    expect(platform.eventBus.of(invitationRevoked)).toMatchObject([
      { workspaceId: two.workspaceId, actorId: userId, facts: { invitationId } },
    ]);
    await expect(platform.workspaceQueries.openInvitationsTo('somebody.else@example.com')).resolves.toHaveLength(1);
  });

  it('leaves an invitation alone that somebody else has taken back meanwhile', async () => {
    const id = await invite(two, ada.email);
    const seen = await platform.workspaceQueries.openInvitationsTo(ada.email);
    const { workspaces, members, invitations, departure, unitOfWork, clock } = platform;
    await unitOfWork.run({ workspaceId: two.workspaceId }, async () => {
      const invitation = await invitations.hold(two.workspaceId, id);
      invitation.revoke(two.userId, clock.now());
      await invitations.save(invitation);
    });
    const before = Object.assign(Object.create(platform.workspaceQueries) as typeof platform.workspaceQueries, {
      openInvitationsTo: async () => seen,
    });
    const late = new LeaveAllWorkspaces(workspaces, members, invitations, before, departure, unitOfWork, clock);
    await unitOfWork.run({}, () => late.execute(ada));
    expect(platform.eventBus.of(invitationRevoked)).toMatchObject([{ actorId: two.userId }]);
  });

  it('lets an owner go where there is another one', async () => {
    await platform.addMember(one.workspaceId, 'owner');
    await leave(one);
    await expect(isMember(one, one)).resolves.toBe(false);
  });

  it('refuses the only active owner of any workspace, and ends none of the memberships', async () => {
    await platform.addMember(two.workspaceId, 'owner', { status: 'inactive' });
    const { workspaceId } = one;
    await platform.unitOfWork.run({ workspaceId }, async () => {
      const member = await platform.members.get(workspaceId, ada.userId);
      await platform.members.remove(member);
    });
    await expect(leave(two)).rejects.toMatchObject({ kind: 'conflict', code: 'LAST_OWNER' });
    await expect(isMember(two, two)).resolves.toBe(true);
    expect(platform.eventBus.types()).toEqual([]);
  });
});
