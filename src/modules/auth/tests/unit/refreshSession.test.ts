import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { UserActor } from '../../../../core/domain/Actor';
import { RefreshSession } from '../../application/RefreshSession';
import type { TokenPair } from '../../application/Sessions';
import { sessionEnded, sessionRefreshed } from '../../domain/events';

const REUSED = { kind: 'unauthenticated', code: 'TOKEN_REUSED' };
const REVOKED = { kind: 'unauthenticated', code: 'SESSION_REVOKED' };
const EXPIRED = { kind: 'unauthenticated', code: 'TOKEN_EXPIRED' };
const UNKNOWN = { kind: 'unauthenticated', code: 'UNAUTHENTICATED' };

const SEVEN_DAYS = 7 * 24 * 60 * 60 * 1000;

describe('RefreshSession', () => {
  let platform: InMemoryPlatform;
  let ada: UserActor;
  let signedIn: TokenPair;
  let refreshSession: RefreshSession;

  const refresh = (refreshToken: string) => refreshSession.execute({ refreshToken });
  const sessionOf = async ({ accessToken }: TokenPair) =>
    (await platform.sessions.get(platform.accessTokens.verify(accessToken).sessionId)).state;

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    ada = await platform.addUser();
    const { unitOfWork, signInSessions } = platform;
    signedIn = await unitOfWork.run({}, () => signInSessions.start(ada.userId, { ip: '::1', userAgent: 'Browser/1' }));
    refreshSession = new RefreshSession(
      platform.sessions,
      platform.refreshTokenRepository,
      platform.users,
      platform.refreshTokens,
      signInSessions,
      platform.refreshToken,
      unitOfWork,
      platform.clock,
    );
  });

  it('trades a token for a new pair of the same session, which lasts on', async () => {
    platform.clock.advance(60_000);
    const next = await refresh(signedIn.refreshToken);
    expect(next).toMatchObject({ userId: ada.userId, tokenType: 'Bearer', expiresIn: 900 });
    expect(next.refreshToken).not.toBe(signedIn.refreshToken);
    const session = await sessionOf(next);
    expect(session.id).toBe(platform.accessTokens.verify(signedIn.accessToken).sessionId);
    expect(session).toMatchObject({
      lastUsedAt: platform.clock.now(),
      expiresAt: new Date(platform.clock.now().getTime() + SEVEN_DAYS),
    });
  });

  it('records each rotation, and not what is given again', async () => {
    const { refreshToken } = await refresh(signedIn.refreshToken);
    await refresh(signedIn.refreshToken);
    await refresh(refreshToken);
    const { id: sessionId, userId } = await sessionOf(signedIn);
    const recorded = platform.eventBus.of(sessionRefreshed);
    expect(recorded.map(({ facts }) => facts)).toEqual([
      { userId, sessionId },
      { userId, sessionId },
    ]);
  });

  it('goes on along the chain for longer than a session lasts unused', async () => {
    let { refreshToken } = signedIn;
    for (let turn = 0; turn < 5; turn += 1) {
      platform.clock.advance(SEVEN_DAYS - 1);
      ({ refreshToken } = await refresh(refreshToken));
    }
    expect(platform.eventBus.of(sessionEnded)).toEqual([]);
  });

  it('gives the same successor again within 10 s, because the answer may have been lost', async () => {
    const next = await refresh(signedIn.refreshToken);
    platform.clock.advance(10_000);
    const again = await refresh(signedIn.refreshToken);
    expect(again.refreshToken).toBe(next.refreshToken);
    await expect(refresh(next.refreshToken)).resolves.toMatchObject({ userId: ada.userId });
  });

  it('leaves one live token after many refreshes at the same time', async () => {
    const pairs = await Promise.all(Array.from({ length: 20 }, () => refresh(signedIn.refreshToken)));
    expect(new Set(pairs.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    expect(platform.eventBus.of(sessionEnded)).toEqual([]);
  });

  describe('ends the whole session', () => {
    const endsSession = async (reusedToken: string, liveToken: string) => {
      await expect(refresh(reusedToken)).rejects.toMatchObject(REUSED);
      expect(platform.eventBus.of(sessionEnded)).toMatchObject([
        { actorId: ada.userId, facts: { userId: ada.userId, reason: 'token-reused' } },
      ]);
      await expect(refresh(liveToken)).rejects.toMatchObject(REVOKED);
      await expect(refresh(reusedToken)).rejects.toMatchObject(REVOKED);
      expect(platform.eventBus.of(sessionEnded)).toHaveLength(1);
    };

    it('when a spent token comes later than 10 s', async () => {
      const next = await refresh(signedIn.refreshToken);
      platform.clock.advance(10_001);
      await endsSession(signedIn.refreshToken, next.refreshToken);
    });

    it('when the grandparent of the live token comes, however soon', async () => {
      const child = await refresh(signedIn.refreshToken);
      const grandchild = await refresh(child.refreshToken);
      await endsSession(signedIn.refreshToken, grandchild.refreshToken);
    });
  });

  it('leaves other sessions of the person alone', async () => {
    const { unitOfWork, signInSessions } = platform;
    const other = await unitOfWork.run({}, () => signInSessions.start(ada.userId, { ip: '::1', userAgent: 'Phone/1' }));
    const next = await refresh(signedIn.refreshToken);
    await refresh(next.refreshToken);
    await expect(refresh(signedIn.refreshToken)).rejects.toMatchObject(REUSED);
    await expect(refresh(other.refreshToken)).resolves.toMatchObject({ userId: ada.userId });
  });

  describe('refuses, and changes nothing:', () => {
    const refused = async (refreshToken: string, expected: object) => {
      const before = platform.eventBus.types();
      await expect(refresh(refreshToken)).rejects.toMatchObject(expected);
      expect(platform.eventBus.types()).toEqual(before);
    };

    it.each(['', 'made up', 'x'.repeat(200)])('the unknown token %#', async (token) => {
      await refused(token, UNKNOWN);
    });

    it('the hash of a token in place of the token', async () => {
      await refused(platform.refreshTokens.hash(signedIn.refreshToken), UNKNOWN);
    });

    it('a successor that was never given out', async () => {
      await refused(platform.refreshTokens.successor(signedIn.refreshToken), UNKNOWN);
    });

    it('an access token', async () => {
      await refused(signedIn.accessToken, UNKNOWN);
    });

    it('a token of a session that has expired', async () => {
      platform.clock.advance(SEVEN_DAYS);
      await refused(signedIn.refreshToken, EXPIRED);
    });

    it('a token of a session that was signed out', async () => {
      const { id } = await sessionOf(signedIn);
      await platform.unitOfWork.run({}, async () => {
        const session = await platform.sessions.get(id);
        session.end('signed-out', platform.clock.now());
        await platform.sessions.save(session);
      });
      await refused(signedIn.refreshToken, REVOKED);
    });

    it.each([
      ['inactive', 'ACCOUNT_INACTIVE'],
      ['banned', 'ACCOUNT_BANNED'],
    ] as const)('a token of an account that is %s', async (status, code) => {
      const banned = await platform.addUser({ status });
      const { unitOfWork, signInSessions } = platform;
      const pair = await unitOfWork.run({}, () => signInSessions.start(banned.userId, { ip: '', userAgent: '' }));
      await refused(pair.refreshToken, { kind: 'forbidden', code });
    });
  });
});
