import { aTotp } from '../../../../../tests/fixtures/aTotp';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { UserActor } from '../../../../core/domain/Actor';
import { tokenHash } from '../../../../core/domain/opaqueToken';
import { SignIn } from '../../application/SignIn';

const CLIENT = { ip: '203.0.113.7', userAgent: 'Browser/1' };

describe('What follows a first factor', () => {
  let platform: InMemoryPlatform;
  let ada: UserActor;

  const proceed = () => {
    const { totps, mfaChallenges, signInSessions, unitOfWork, clock } = platform;
    const signIn = new SignIn(totps, mfaChallenges, signInSessions, clock);
    return unitOfWork.run({}, () => signIn.proceed(ada.userId, CLIENT));
  };

  const enroll = (confirmedAt: Date | null) =>
    platform.unitOfWork.run({}, () => platform.totps.save(aTotp({ userId: ada.userId, confirmedAt })));

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    ada = await platform.addUser();
  });

  it('is a session, for who has no second factor', async () => {
    await expect(proceed()).resolves.toMatchObject({ userId: ada.userId, tokenType: 'Bearer' });
    expect(platform.eventBus.types()).toEqual(['auth.signed-in']);
  });

  it('is a session, while the second factor is not in force', async () => {
    await enroll(null);
    await expect(proceed()).resolves.toMatchObject({ userId: ada.userId, tokenType: 'Bearer' });
  });

  it('is the question for the second factor, and no session, where one is in force', async () => {
    await enroll(platform.clock.now());
    const answer = await proceed();
    expect(answer).toEqual({ mfaRequired: true, mfaToken: expect.stringMatching(/^[\w-]{43}$/) });
    expect(platform.eventBus.types()).toEqual(['auth.mfa-required']);
  });

  it('keeps of the question’s token the hash alone', async () => {
    await enroll(platform.clock.now());
    const answer = await proceed();
    const mfaToken = 'mfaToken' in answer ? answer.mfaToken : '';
    await expect(platform.mfaChallenges.findByToken(mfaToken)).resolves.toBeNull();
    const challenge = await platform.mfaChallenges.findByToken(tokenHash(mfaToken));
    expect(challenge?.state).toMatchObject({ userId: ada.userId, failures: 0 });
    expect(challenge?.isOpen(platform.clock.now())).toBe(true);
  });

  it('is another question each time', async () => {
    await enroll(platform.clock.now());
    await expect(proceed()).resolves.not.toEqual(await proceed());
  });
});
