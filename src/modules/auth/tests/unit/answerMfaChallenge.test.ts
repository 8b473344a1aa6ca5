import { aTotp } from '../../../../../tests/fixtures/aTotp';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { UserActor } from '../../../../core/domain/Actor';
import { newId } from '../../../../core/domain/Id';
import { newOpaqueToken, tokenHash } from '../../../../core/domain/opaqueToken';
import { AnswerMfaChallenge } from '../../application/AnswerMfaChallenge';
import { signInFailed } from '../../domain/events';
import { MfaChallenge } from '../../domain/MfaChallenge';
import { recoveryCodeHash } from '../../domain/RecoveryCode';

const CLIENT = { ip: '203.0.113.7', userAgent: 'Browser/1' };
const SECRET = 'SECRET';

const MFA_INVALID = { kind: 'unauthenticated', code: 'MFA_INVALID' };

describe('A sign-in with a second factor', () => {
  let platform: InMemoryPlatform;
  let ada: UserActor;
  let answerMfaChallenge: AnswerMfaChallenge;

  /** What follows the right password. */
  const challenge = async ({ userId } = ada): Promise<string> => {
    const mfaToken = newOpaqueToken();
    const state = { id: newId(), tokenHash: tokenHash(mfaToken), userId };
    const issued = MfaChallenge.issue(state, platform.clock.now());
    issued.releaseEvents();
    await platform.unitOfWork.run({}, () => platform.mfaChallenges.save(issued));
    return mfaToken;
  };

  const answer = (mfaToken: string, code: string) => answerMfaChallenge.execute({ mfaToken, code }, CLIENT);

  const putInForce = async (actor: UserActor, confirmedAt: Date | null = platform.clock.now()) => {
    const recoveryCodes = ['abcde-fghjk', 'mnpqr-stuvw'].map(recoveryCodeHash);
    const totp = aTotp({ userId: actor.userId, secret: SECRET, confirmedAt, recoveryCodes });
    await platform.unitOfWork.run({}, () => platform.totps.save(totp));
  };

  const rightCode = () => platform.totpCodes.codeOf(SECRET);
  const wrongCode = () => platform.totpCodes.codeOf(SECRET, platform.totpCodes.step() - 10);

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    ada = await platform.addUser();
    const { mfaChallenges, totps, totpCodes, users, loginGuard, signInSessions, unitOfWork, clock } = platform;
    answerMfaChallenge = new AnswerMfaChallenge(
      mfaChallenges,
      totps,
      totpCodes,
      users,
      loginGuard,
      signInSessions,
      unitOfWork,
      clock,
    );
  });

  describe('of who has one in force', () => {
    beforeEach(() => putInForce(ada));

    it('is complete with the code of the app', async () => {
      const signedIn = await answer(await challenge(), rightCode());
      expect(signedIn).toMatchObject({ userId: ada.userId, tokenType: 'Bearer', expiresIn: 900 });
      const { sessionId } = platform.accessTokens.verify(signedIn.accessToken);
      expect((await platform.sessions.get(sessionId)).state).toMatchObject({ userId: ada.userId, ...CLIENT });
      expect(platform.eventBus.types()).toEqual(['auth.signed-in']);
    });

    it('takes a code once, whatever the challenge', async () => {
      const [first, second] = [await challenge(), await challenge()];
      const code = rightCode();
      await answer(first, code);
      await expect(answer(first, code)).rejects.toMatchObject(MFA_INVALID);
      await expect(answer(second, code)).rejects.toMatchObject(MFA_INVALID);
      platform.clock.advance(30_000);
      await expect(answer(second, rightCode())).resolves.toMatchObject({ userId: ada.userId });
    });

    it('takes a challenge once, whatever the code', async () => {
      const mfaToken = await challenge();
      await answer(mfaToken, rightCode());
      await expect(answer(mfaToken, 'abcde-fghjk')).rejects.toMatchObject(MFA_INVALID);
    });

    it('takes each recovery code once', async () => {
      await answer(await challenge(), 'ABCDE FGHJK');
      await expect(answer(await challenge(), 'abcde-fghjk')).rejects.toMatchObject(MFA_INVALID);
      await expect(answer(await challenge(), 'mnpqr-stuvw')).resolves.toMatchObject({ userId: ada.userId });
      expect(platform.eventBus.types().filter((type) => type === 'auth.recovery-code-used')).toHaveLength(2);
    });

    it('lets one of many answers with one code at the same time win', async () => {
      const tokens = await Promise.all(Array.from({ length: 5 }, () => challenge()));
      const outcomes = await Promise.allSettled(tokens.map((mfaToken) => answer(mfaToken, rightCode())));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('fails with a wrong code, which is recorded, without the code', async () => {
      const code = wrongCode();
      await expect(answer(await challenge(), code)).rejects.toMatchObject(MFA_INVALID);
      expect(platform.eventBus.types()).toEqual(['auth.sign-in-failed']);
      expect(platform.eventBus.of(signInFailed)).toMatchObject([
        { actorId: ada.userId, facts: { userId: ada.userId } },
      ]);
      expect(JSON.stringify(platform.eventBus.of(signInFailed)[0]?.facts)).not.toContain(code);
    });

    it('may fail four times; with the fifth the challenge is over', async () => {
      const [patient, hasty] = [await challenge(), await challenge()];
      const fail = async (mfaToken: string, times: number) => {
        for (let time = 0; time < times; time += 1) {
          await expect(answer(mfaToken, wrongCode())).rejects.toMatchObject(MFA_INVALID);
        }
      };
      await fail(patient, 4);
      await fail(hasty, 5);
      await expect(answer(hasty, rightCode())).rejects.toMatchObject(MFA_INVALID);
      await expect(answer(patient, rightCode())).resolves.toMatchObject({ userId: ada.userId });
    });

    describe('after ten wrong codes, over however many challenges,', () => {
      const LOCKED = { kind: 'too-many-requests', code: 'ACCOUNT_LOCKED', details: { retryAfter: 30 } };

      const guess = async () => answer(await challenge(), wrongCode());
      const guessTimes = async (times: number) => {
        for (let time = 0; time < times; time += 1) await expect(guess()).rejects.toMatchObject(MFA_INVALID);
      };

      it('is held up, whatever the code, and uses nothing up', async () => {
        await guessTimes(10);
        const mfaToken = await challenge();
        await expect(answer(mfaToken, rightCode())).rejects.toMatchObject(LOCKED);
        expect(platform.eventBus.of(signInFailed).at(-1)?.facts.reason).toBe('account locked');
        expect(platform.eventBus.types()).toContain('auth.account-locked');
        platform.clock.advance(30_000);
        await expect(answer(mfaToken, rightCode())).resolves.toMatchObject({ userId: ada.userId });
      });

      it('had ten looked at, of however many at the same moment', async () => {
        const outcomes = await Promise.allSettled(Array.from({ length: 40 }, guess));
        const codes = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code);
        expect(codes.filter((code) => code === MFA_INVALID.code)).toHaveLength(10);
        expect(codes.filter((code) => code === LOCKED.code)).toHaveLength(30);
      });

      it('is not held up on a device that it was completed on before', async () => {
        await answer(await challenge(), 'abcde-fghjk');
        await guessTimes(12);
        await expect(answer(await challenge(), rightCode())).resolves.toMatchObject({ userId: ada.userId });
      });

      it('counts anew once it is complete', async () => {
        await guessTimes(9);
        await answer(await challenge(), rightCode());
        await expect(platform.loginAttempts.find(tokenHash(ada.email))).resolves.toBeNull();
      });
    });

    it('fails when five minutes have passed', async () => {
      const mfaToken = await challenge();
      platform.clock.advance(5 * 60_000);
      await expect(answer(mfaToken, rightCode())).rejects.toMatchObject(MFA_INVALID);
      expect(platform.eventBus.of(signInFailed)).toMatchObject([{ facts: { reason: 'sign-in expired' } }]);
    });

    it.each(['', 'made up'])('fails with the unknown token %j', async (mfaToken) => {
      await challenge();
      await expect(answer(mfaToken, rightCode())).rejects.toMatchObject(MFA_INVALID);
      expect(platform.eventBus.types()).toEqual([]);
    });

    it('fails when the second factor was removed in the meantime', async () => {
      const mfaToken = await challenge();
      await platform.unitOfWork.run({}, async () => {
        const totp = await platform.totps.find(ada.userId);
        if (totp) await platform.totps.remove(totp);
      });
      await expect(answer(mfaToken, rightCode())).rejects.toMatchObject(MFA_INVALID);
      expect(platform.eventBus.types()).not.toContain('auth.signed-in');
    });

    it('fails with the code of somebody else', async () => {
      const grace = await platform.addUser();
      const totp = aTotp({ userId: grace.userId, secret: 'ANOTHER' });
      await platform.unitOfWork.run({}, () => platform.totps.save(totp));
      await expect(answer(await challenge(grace), rightCode())).rejects.toMatchObject(MFA_INVALID);
    });
  });

  it('is refused while the second factor is not in force', async () => {
    await putInForce(ada, null);
    await expect(answer(await challenge(), rightCode())).rejects.toMatchObject(MFA_INVALID);
    await expect(answer(await challenge(), 'abcde-fghjk')).rejects.toMatchObject(MFA_INVALID);
  });

  it('is refused to who was banned in the meantime, and uses nothing up', async () => {
    const banned = await platform.addUser({ status: 'banned' });
    await putInForce(banned);
    const mfaToken = await challenge(banned);
    const refusal = { kind: 'forbidden', code: 'ACCOUNT_BANNED' };
    await expect(answer(mfaToken, rightCode())).rejects.toMatchObject(refusal);
    await expect(answer(mfaToken, rightCode())).rejects.toMatchObject(refusal);
    expect(platform.eventBus.of(signInFailed).map(({ facts }) => facts.reason)).toEqual([
      'account suspended',
      'account suspended',
    ]);
    expect(platform.eventBus.types()).not.toContain('auth.signed-in');
  });
});
