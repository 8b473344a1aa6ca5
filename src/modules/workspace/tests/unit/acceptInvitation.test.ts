import { anInvitation } from '../../../../../tests/fixtures/anInvitation';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { UserActor, WorkspaceActor } from '../../../../core/domain/Actor';
import { EmailAddress } from '../../../user';
import type { AcceptInvitation } from '../../application/AcceptInvitation';
import { memberJoined } from '../../domain/events';
import type { InvitationState } from '../../domain/Invitation';

const EMAIL = EmailAddress('grace@example.com');
const TOKEN = 'the token in the mail';
const SEVEN_DAYS = 7 * 24 * 60 * 60 * 1000;

const GONE = { kind: 'gone', code: 'INVITATION_GONE' };
const INVALID_TOKEN = { kind: 'invalid', code: 'INVALID_TOKEN' };

describe('AcceptInvitation', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;
  let grace: UserActor;
  let acceptInvitation: AcceptInvitation;

  const accept = (actor: UserActor = grace, token = TOKEN, { workspaceId } = owner) =>
    acceptInvitation.execute(actor, { workspaceId, token });

  const isMember = ({ userId }: UserActor, { workspaceId } = owner) =>
    platform.unitOfWork.run({ workspaceId }, () => platform.members.has(workspaceId, userId));

  const invite = async (state: Partial<InvitationState> = {}) => {
    const invitation = anInvitation({
      workspaceId: owner.workspaceId,
      email: EMAIL,
      role: 'member',
      invitedBy: owner.userId,
      tokenHash: platform.mailedTokens.hash(TOKEN),
      ...state,
    });
    const { workspaceId } = invitation.state;
    await platform.unitOfWork.run({ workspaceId }, () => platform.invitations.save(invitation));
    return invitation.state;
  };

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    owner = await platform.addWorkspace();
    grace = await platform.addUser({ email: EMAIL });
    ({ acceptInvitation } = platform);
  });

  it('makes whom it was sent to a member, with its role', async () => {
    await invite({ role: 'viewer' });
    await accept();
    await expect(isMember(grace)).resolves.toBe(true);
    expect(platform.eventBus.types()).toEqual(['workspace.member-joined']);
    expect(platform.eventBus.of(memberJoined)).toMatchObject([
      { actorId: grace.userId, occurredAt: platform.clock.now(), facts: { userId: grace.userId, roles: ['viewer'] } },
    ]);
  });

  it('holds until the last millisecond of its seven days', async () => {
    await invite();
    platform.clock.advance(SEVEN_DAYS - 1);
    await accept();
    await expect(isMember(grace)).resolves.toBe(true);
  });

  it('makes one membership of many acceptances at the same time', async () => {
    await invite();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => accept()));
    const refusals = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refusals.map(({ reason }) => reason.code)).toEqual(Array(9).fill('INVITATION_GONE'));
    expect(platform.eventBus.of(memberJoined)).toHaveLength(1);
  });

  describe('refuses, and makes nobody a member:', () => {
    const refused = async (attempt: Promise<void>, expected: object, actor = grace) => {
      await expect(attempt).rejects.toMatchObject(expected);
      await expect(isMember(actor)).resolves.toBe(false);
      expect(platform.eventBus.of(memberJoined)).toEqual([]);
    };

    it('an unknown token', async () => {
      await invite();
      await refused(accept(grace, 'another token'), INVALID_TOKEN);
    });

    it('the hash of a token in place of the token', async () => {
      const { tokenHash } = await invite();
      await refused(accept(grace, tokenHash), INVALID_TOKEN);
    });

    it('a token of another workspace', async () => {
      const other = await platform.addWorkspace();
      await invite();
      await refused(accept(grace, TOKEN, other), INVALID_TOKEN);
    });

    it('somebody else than it was sent to, for whom it stays open', async () => {
      await invite();
      const eve = await platform.addUser({ email: EmailAddress('eve@example.com') });
      await refused(accept(eve), { kind: 'forbidden', code: 'EMAIL_MISMATCH' }, eve);
      await accept();
      await expect(isMember(grace)).resolves.toBe(true);
    });

    it.each(['accepted', 'revoked'] as const)('one that is %s', async (status) => {
      await invite({ status });
      await refused(accept(), GONE);
    });

    it('one to an account that was closed meanwhile', async () => {
      await invite();
      await platform.unitOfWork.run({}, async () => {
        const user = await platform.users.hold(grace.userId);
        user.close(platform.clock.now());
        await platform.users.save(user);
      });
      await refused(accept(), { kind: 'unauthenticated', code: 'SESSION_REVOKED' });
    });

    it('one that has expired', async () => {
      await invite();
      platform.clock.advance(SEVEN_DAYS);
      await refused(accept(), GONE);
    });

    it('one whose maker has left', async () => {
      const admin = await platform.addMember(owner.workspaceId, 'admin');
      await invite({ invitedBy: admin.userId });
      await platform.unitOfWork.run(owner, async () => {
        const member = await platform.members.get(owner.workspaceId, admin.userId);
        await platform.members.remove(member);
      });
      await refused(accept(), GONE);
    });

    it('one whose maker is suspended', async () => {
      const admin = await platform.addMember(owner.workspaceId, 'admin', { status: 'inactive' });
      await invite({ invitedBy: admin.userId });
      await refused(accept(), GONE);
    });

    it('one whose maker could not grant the role by now', async () => {
      const admin = await platform.addMember(owner.workspaceId, 'admin');
      await invite({ invitedBy: admin.userId, role: 'owner' });
      await refused(accept(), GONE);
    });

    it('one whose maker may not invite any more', async () => {
      const viewer = await platform.addMember(owner.workspaceId, 'viewer');
      await invite({ invitedBy: viewer.userId, role: 'viewer' });
      await refused(accept(), GONE);
    });

    it('one to a role that is gone', async () => {
      await invite({ role: 'janitor' });
      await refused(accept(), GONE);
    });
  });

  it('refuses who is a member already, and leaves the invitation open', async () => {
    const { id } = await invite();
    const member = await platform.addMember(owner.workspaceId, 'viewer');
    await expect(accept({ ...member, email: EMAIL })).rejects.toMatchObject({ code: 'ALREADY_MEMBER' });
    const invitation = await platform.unitOfWork.run(owner, () => platform.invitations.get(owner.workspaceId, id));
    expect(invitation.state.status).toBe('pending');
    expect(platform.eventBus.types()).toEqual([]);
  });
});
