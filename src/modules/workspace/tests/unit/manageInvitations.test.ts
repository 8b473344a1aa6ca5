import { anInvitation } from '../../../../../tests/fixtures/anInvitation';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import { newId } from '../../../../core/domain/Id';
import { MailInvitationOnInvitationResent } from '../../application/MailInvitationOnInvitationResent';
import { MailInvitationOnMemberInvited } from '../../application/MailInvitationOnMemberInvited';
import { ResendInvitation } from '../../application/ResendInvitation';
import { RevokeInvitation } from '../../application/RevokeInvitation';
import { invitationResent, invitationRevoked, memberInvited } from '../../domain/events';
import type { InvitationState } from '../../domain/Invitation';
import type { InvitationId } from '../../domain/InvitationId';

const GONE = { kind: 'gone', code: 'INVITATION_GONE' };
const SEVEN_DAYS = 7 * 24 * 60 * 60 * 1000;
const MINUTE = 60_000;

describe('An invitation that was made', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    owner = await platform.addWorkspace();
  });

  const saved = async (state: Partial<InvitationState> = {}): Promise<InvitationState> => {
    const { workspaceId, userId: invitedBy } = owner;
    const invitation = anInvitation({ workspaceId, invitedBy, ...state });
    await platform.unitOfWork.run({ workspaceId }, () => platform.invitations.save(invitation));
    return invitation.state;
  };
  const get = (id: InvitationId) =>
    platform.unitOfWork.run(owner, async () => (await platform.invitations.get(owner.workspaceId, id)).state);
  const resend = (invitationId: InvitationId, by = owner) => {
    const { invitations, memberRoles, mailedTokens, unitOfWork, clock } = platform;
    return new ResendInvitation(invitations, memberRoles, mailedTokens, unitOfWork, clock).execute(by, {
      invitationId,
    });
  };
  const revoke = (invitationId: InvitationId) => {
    const { invitations, unitOfWork, clock } = platform;
    return new RevokeInvitation(invitations, unitOfWork, clock).execute(owner, { invitationId });
  };

  it('is mailed again in another’s name, by another token, for seven more days', async () => {
    const { id, tokenHash } = await saved();
    const admin = await platform.addMember(owner.workspaceId, 'admin');
    platform.clock.advance(SEVEN_DAYS + 1);
    await resend(id, admin);
    const now = platform.clock.now();
    const { tokenHash: newHash, ...state } = await get(id);
    expect(state).toMatchObject({
      status: 'pending',
      mailing: 2,
      sentAt: now,
      invitedBy: admin.userId,
      expiresAt: new Date(now.getTime() + SEVEN_DAYS),
    });
    expect(newHash).not.toBe(tokenHash);
    expect(platform.eventBus.of(invitationResent)).toMatchObject([
      { actorId: admin.userId, facts: { invitationId: id, mailing: 2 } },
    ]);
    platform.clock.advance(MINUTE);
    await resend(id);
    expect((await get(id)).tokenHash).not.toBe(newHash);
  });

  it('is mailed again once a minute at most', async () => {
    const { id } = await saved();
    platform.clock.advance(MINUTE - 1);
    await expect(resend(id)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', details: { retryAfter: 1 } });
    platform.clock.advance(1);
    await resend(id);
  });

  it.each(['accepted', 'revoked'] as const)('is neither mailed nor revoked when it is %s', async (status) => {
    const { id } = await saved({ status });
    platform.clock.advance(MINUTE);
    await expect(resend(id)).rejects.toMatchObject(GONE);
    await expect(revoke(id)).rejects.toMatchObject(GONE);
    expect(platform.eventBus.types()).toEqual([]);
  });

  it('is not mailed again by who could not make it', async () => {
    const { id } = await saved({ role: 'owner' });
    platform.clock.advance(MINUTE);
    const admin = await platform.addMember(owner.workspaceId, 'admin');
    await expect(resend(id, admin)).rejects.toMatchObject({ code: 'ROLE_ESCALATION' });
    expect((await get(id)).mailing).toBe(1);
  });

  it('is revoked while it is open', async () => {
    const { id } = await saved();
    await revoke(id);
    expect((await get(id)).status).toBe('revoked');
    expect(platform.eventBus.of(invitationRevoked)).toMatchObject([{ facts: { invitationId: id } }]);
    const expired = await saved();
    platform.clock.advance(SEVEN_DAYS);
    await expect(revoke(expired.id)).rejects.toMatchObject(GONE);
    await expect(revoke(newId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is mailed by the newest mailing’s job alone', async () => {
    const { id } = await saved();
    platform.clock.advance(MINUTE);
    await resend(id);
    const { workspaceQueries, mailedTokens, mailer, clock } = platform;
    const first = new MailInvitationOnMemberInvited(workspaceQueries, mailedTokens, mailer, 'https://app.example.com');
    const second = new MailInvitationOnInvitationResent(first);
    expect([second.on, second.delivery]).toEqual([invitationResent, 'durable']);
    const context = { workspaceId: owner.workspaceId, actorId: owner.userId, at: clock.now() };
    await first.handle(memberInvited(context, { invitationId: id, role: 'member' }));
    expect(mailer.sent).toEqual([]);
    await second.handle(invitationResent(context, { invitationId: id, mailing: 2 }));
    const token = new URL(/https:\S+/.exec(mailer.sent[0]?.text ?? '')?.[0] ?? '').searchParams.get('token') ?? '';
    expect(mailedTokens.hash(token)).toBe((await get(id)).tokenHash);
    await second.handle(invitationResent(context, { invitationId: id, mailing: 1 }));
    expect(mailer.sent).toHaveLength(1);
  });
});
