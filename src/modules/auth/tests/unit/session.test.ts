import { aSession } from '../../../../../tests/fixtures/aSession';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { newId, type SessionId, type UserId } from '../../../../core/domain/Id';
import { Session } from '../../domain/Session';

const HOUR = 60 * 60 * 1000;
const LATER = new Date(NOW.getTime() + HOUR);

describe('A session', () => {
  const device = { id: newId<SessionId>(), userId: newId<UserId>(), ip: '203.0.113.7', userAgent: 'Browser/1' };

  it('lasts from the sign-in for as long as it is told', () => {
    const session = Session.start(device, 2 * HOUR, NOW);
    expect(session.version).toBe(0);
    expect(session.state).toEqual({
      ...device,
      createdAt: NOW,
      lastUsedAt: NOW,
      expiresAt: new Date(NOW.getTime() + 2 * HOUR),
      revokedAt: null,
    });
  });

  it('is announced as a sign-in', () => {
    expect(Session.start(device, HOUR, NOW).releaseEvents()).toEqual([
      expect.objectContaining({
        type: 'auth.signed-in',
        workspaceId: null,
        actorId: device.userId,
        occurredAt: NOW,
        facts: { userId: device.userId, sessionId: device.id },
      }),
    ]);
  });

  it('comes back from the database as it was, and unannounced', () => {
    const { state } = aSession({ revokedAt: LATER });
    const session = Session.restore(state, 5);
    expect(session.state).toEqual(state);
    expect(session.version).toBe(5);
    expect(session.releaseEvents()).toEqual([]);
  });

  describe('is open', () => {
    it('until the last millisecond', () => {
      const session = aSession({ expiresAt: LATER });
      expect(() => session.assertOpen(new Date(LATER.getTime() - 1))).not.toThrow();
    });

    it('no more when it expires', () => {
      const refusal = expect.objectContaining({ kind: 'unauthenticated', code: 'TOKEN_EXPIRED' });
      expect(() => aSession({ expiresAt: LATER }).assertOpen(LATER)).toThrow(refusal);
    });

    it('no more once it was ended, whether or not it has expired since', () => {
      const session = aSession({ expiresAt: LATER, revokedAt: NOW });
      const refusal = expect.objectContaining({ kind: 'unauthenticated', code: 'SESSION_REVOKED' });
      expect(() => session.assertOpen(NOW)).toThrow(refusal);
      expect(() => session.assertOpen(LATER)).toThrow(refusal);
    });
  });

  it('lasts longer when it is refreshed, and says so', () => {
    const session = aSession();
    session.refresh(2 * HOUR, LATER);
    expect(session.state).toMatchObject({
      createdAt: NOW,
      lastUsedAt: LATER,
      expiresAt: new Date(LATER.getTime() + 2 * HOUR),
    });
    expect(session.releaseEvents()).toMatchObject([{ type: 'auth.session-refreshed' }]);
  });

  it.each([
    'signed-out',
    'signed-out-everywhere',
    'revoked',
    'token-reused',
    'password-changed',
    'account-closed',
  ] as const)('ends once, and tells why: %s', (reason) => {
    const session = aSession();
    session.end(reason, NOW);
    session.end('signed-out', LATER);
    const { id, userId, revokedAt } = session.state;
    expect(revokedAt).toBe(NOW);
    expect(session.releaseEvents()).toEqual([
      expect.objectContaining({
        type: 'auth.session-ended',
        actorId: userId,
        occurredAt: NOW,
        facts: { userId, sessionId: id, reason },
      }),
    ]);
  });
});
