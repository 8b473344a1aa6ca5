import { aWorkspaceActor } from '../../../../../tests/fixtures/anActor';
import { anInvitation } from '../../../../../tests/fixtures/anInvitation';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { newId, type UserId } from '../../../../core/domain/Id';
import { Invitation } from '../../domain/Invitation';
import type { InvitationId } from '../../domain/InvitationId';

const SEVEN_DAYS_LATER = new Date('2026-01-22T12:00:00.123Z');
const JUST_BEFORE = new Date(SEVEN_DAYS_LATER.getTime() - 1);

const GONE = expect.objectContaining({ kind: 'gone', code: 'INVITATION_GONE' });
const MISMATCH = expect.objectContaining({ kind: 'forbidden', code: 'EMAIL_MISMATCH' });

describe('An invitation', () => {
  const inviter = aWorkspaceActor();
  const offer = { id: newId<InvitationId>(), email: 'ada@example.com', role: 'member', tokenHash: 'hash' };

  it('waits for seven days', () => {
    const invitation = Invitation.create(inviter, offer, NOW);
    expect(invitation.version).toBe(0);
    expect(invitation.state).toEqual({
      ...offer,
      workspaceId: inviter.workspaceId,
      invitedBy: inviter.userId,
      status: 'pending',
      mailing: 1,
      sentAt: NOW,
      createdAt: NOW,
      expiresAt: SEVEN_DAYS_LATER,
    });
  });

  it('is announced without the address and without anything of its token', () => {
    const [event] = Invitation.create(inviter, offer, NOW).releaseEvents();
    expect(event).toMatchObject({
      type: 'workspace.member-invited',
      workspaceId: inviter.workspaceId,
      actorId: inviter.userId,
      occurredAt: NOW,
      facts: { invitationId: offer.id, role: 'member' },
    });
    expect(JSON.stringify(event)).not.toMatch(/hash|ada@/);
  });

  it('comes back from the database as it was, and unannounced', () => {
    const { state } = anInvitation({ status: 'revoked' });
    const invitation = Invitation.restore(state, 2);
    expect(invitation.state).toEqual(state);
    expect(invitation.version).toBe(2);
    expect(invitation.releaseEvents()).toEqual([]);
  });

  it.each([
    ['from the first moment', 'pending', NOW, true],
    ['until the last millisecond', 'pending', JUST_BEFORE, true],
    ['no more when it expires', 'pending', SEVEN_DAYS_LATER, false],
    ['no more once accepted', 'accepted', NOW, false],
    ['no more once revoked', 'revoked', NOW, false],
  ] as const)('is open %s', (_when, status, now, open) => {
    expect(anInvitation({ status, expiresAt: SEVEN_DAYS_LATER }).isOpen(now)).toBe(open);
  });

  describe('when it is accepted', () => {
    it('is used up', () => {
      const invitation = anInvitation({ email: 'ada@example.com' });
      invitation.accept({ email: 'ada@example.com' }, NOW);
      expect(invitation.state.status).toBe('accepted');
      expect(() => invitation.accept({ email: 'ada@example.com' }, NOW)).toThrow(GONE);
    });

    it.each([
      ['accepted', NOW],
      ['revoked', NOW],
      ['pending', SEVEN_DAYS_LATER],
    ] as const)('is gone for its address when it is %s at %s', (status, now) => {
      const invitation = anInvitation({ email: 'ada@example.com', status, expiresAt: SEVEN_DAYS_LATER });
      expect(() => invitation.accept({ email: 'ada@example.com' }, now)).toThrow(GONE);
      expect(invitation.state.status).toBe(status);
    });

    it.each(['pending', 'accepted', 'revoked'] as const)(
      'tells another address nothing but that, whether it is %s',
      (status) => {
        const invitation = anInvitation({ email: 'ada@example.com', status });
        expect(() => invitation.accept({ email: 'eve@example.com' }, NOW)).toThrow(MISMATCH);
        expect(invitation.state.status).toBe(status);
      },
    );
  });

  describe('when it is revoked', () => {
    it('is gone, and that is announced', () => {
      const invitation = anInvitation({ email: 'ada@example.com' });
      const by = newId<UserId>();
      invitation.revoke(by, NOW);
      const { id, workspaceId } = invitation.state;
      expect(invitation.releaseEvents()).toEqual([
        expect.objectContaining({
          type: 'workspace.invitation-revoked',
          workspaceId,
          actorId: by,
          occurredAt: NOW,
          facts: { invitationId: id },
        }),
      ]);
      expect(() => invitation.accept({ email: 'ada@example.com' }, NOW)).toThrow(GONE);
    });
  });
});
