import { aSession } from '../../../../../tests/fixtures/aSession';
import { aTotp } from '../../../../../tests/fixtures/aTotp';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import { PlainPasswordHasher } from '../../../../../tests/fixtures/PlainPasswordHasher';
import { refusesTokensOfNoOpenLink } from '../../../../../tests/support/contracts/mailedLinkContract';
import type { AccessChange } from '../../../../core/application/AccessChanges';
import type { UserActor } from '../../../../core/domain/Actor';
import { newId } from '../../../../core/domain/Id';
import { ResetPassword } from '../../application/ResetPassword';
import type { LinkPurpose } from '../../domain/MailedLink';
import { passwordChanged, passwordResetRequested, sessionEnded, verificationRequested } from '../../domain/events';
import { MfaChallenge } from '../../domain/MfaChallenge';
import { Password } from '../../domain/Password';

const HOUR = 60 * 60 * 1000;
const OLD = Password('correct horse');
const NEW = Password('battery staple');

const INVALID_TOKEN = { kind: 'invalid', code: 'INVALID_TOKEN' };

/** Remembers what was hashed, which is dear. */
class CountingPasswordHasher extends PlainPasswordHasher {
  hashed: string[] = [];

  override async hash(password: string): Promise<string> {
    this.hashed.push(password);
    return super.hash(password);
  }
}

describe('ResetPassword', () => {
  let platform: InMemoryPlatform;
  let ada: UserActor;
  let resetPassword: ResetPassword;
  let announced: AccessChange[];
  let hasher: CountingPasswordHasher;

  /** The token in the mail that is asked for. */
  const request = async (purpose: LinkPurpose = 'password-reset', { userId } = ada): Promise<string> => {
    await platform.unitOfWork.run({}, () => platform.requestMailedLink.execute(userId, purpose));
    const asked = purpose === 'password-reset' ? passwordResetRequested : verificationRequested;
    const { linkId } = platform.eventBus.of(asked).at(-1)?.facts ?? { linkId: '' };
    return platform.mailedTokens.issue(purpose, linkId);
  };

  const reset = (token: string, password = NEW) => resetPassword.execute({ token, password });

  const isPassword = async (password: string) =>
    platform.passwordHasher.matches(password, await platform.credentials.find(ada.userId));

  const openSession = (userId = ada.userId) =>
    platform.unitOfWork.run({}, () => platform.sessions.save(aSession({ userId })));

  const addPerson = async (account: Parameters<InMemoryPlatform['addUser']>[0] = {}): Promise<UserActor> => {
    const person = await platform.addUser(account);
    const hash = await platform.passwordHasher.hash(OLD);
    await platform.unitOfWork.run({}, () => platform.credentials.save(person.userId, hash));
    return person;
  };

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    ada = await addPerson();
    announced = [];
    platform.accessChanges.onChange((change) => announced.push(change));
    hasher = new CountingPasswordHasher();
    const { mailedLinks, users, endSecondFactor, passwordPolicy, setPassword } = platform;
    const { mailedTokens, accessChanges, unitOfWork, clock } = platform;
    resetPassword = new ResetPassword(
      mailedLinks,
      users,
      endSecondFactor,
      passwordPolicy,
      hasher,
      setPassword,
      mailedTokens,
      accessChanges,
      unitOfWork,
      clock,
    );
  });

  it('puts the new password in force until the last millisecond of the hour, and says so', async () => {
    const token = await request();
    platform.clock.advance(HOUR - 1);
    await reset(token);
    await expect(isPassword(NEW)).resolves.toBe(true);
    await expect(isPassword(OLD)).resolves.toBe(false);
    const { userId } = ada;
    expect(platform.eventBus.of(passwordChanged)).toMatchObject([{ actorId: userId, facts: { userId, how: 'reset' } }]);
  });

  it('ends every session of the person, and nobody else’s', async () => {
    await openSession();
    await openSession();
    await openSession((await platform.addUser()).userId);
    await reset(await request());
    const ended = platform.eventBus.of(sessionEnded).map(({ facts: { userId, reason } }) => [userId, reason]);
    expect(ended).toEqual([
      [ada.userId, 'password-changed'],
      [ada.userId, 'password-changed'],
    ]);
  });

  it('proves the address, where it was not proven yet, and has every node look anew', async () => {
    ada = await addPerson({ emailVerifiedAt: null });
    await reset(await request());
    expect((await platform.users.get(ada.userId)).state.emailVerifiedAt).toEqual(platform.clock.now());
    expect(platform.eventBus.types()).toContain('user.email-verified');
    expect(announced).toEqual([{ userId: ada.userId }]);
  });

  describe('leaves the second factor', () => {
    const afterReset = async (emailVerifiedAt: Date | null) => {
      ada = await addPerson({ emailVerifiedAt });
      await platform.unitOfWork.run({}, () => platform.totps.save(aTotp({ userId: ada.userId })));
      await reset(await request());
      return platform.unitOfWork.run({}, () => platform.totps.find(ada.userId));
    };

    it('of who had proven the address', async () => {
      await expect(afterReset(platform.clock.now())).resolves.not.toBeNull();
    });

    it('of nobody else, for it may be that of who took the address before its owner came', async () => {
      await expect(afterReset(null)).resolves.toBeNull();
      expect(platform.eventBus.types()).toContain('auth.mfa-disabled');
    });
  });

  it('voids sign-ins that wait for their second factor', async () => {
    const state = { id: newId(), tokenHash: 'hash', userId: ada.userId };
    const challenge = MfaChallenge.issue(state, platform.clock.now());
    await platform.unitOfWork.run({}, () => platform.mfaChallenges.save(challenge));
    await reset(await request());
    await expect(platform.mfaChallenges.findByToken('hash')).resolves.toBeNull();
  });

  it('says nothing about an address that was proven before', async () => {
    await reset(await request());
    expect(platform.eventBus.types()).toEqual(['auth.password-reset-requested', 'auth.password-changed']);
  });

  it('lets one of many uses at the same time win, with its own password', async () => {
    const token = await request();
    const passwords = Array.from({ length: 10 }, (_, index) => Password(`password number ${index}`));
    const outcomes = await Promise.allSettled(passwords.map((password) => reset(token, password)));
    const winners = passwords.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    await expect(isPassword(winners.join())).resolves.toBe(true);
  });

  it.each([
    ['a common one', 'password1', { kind: 'unprocessable', code: 'PASSWORD_BREACHED' }],
    ['the name', 'Ada Lovelace', { details: { errors: [expect.objectContaining({ field: 'password' })] } }],
  ])('refuses %s for a password, after which the token still works', async (_what, raw, expected) => {
    const token = await request();
    await expect(reset(token, Password(raw))).rejects.toMatchObject(expected);
    await expect(isPassword(OLD)).resolves.toBe(true);
    expect(hasher.hashed).toEqual([]);
    await reset(token);
    await expect(isPassword(NEW)).resolves.toBe(true);
  });

  describe('refuses, and changes nothing by:', () => {
    const refused = async (token: string) => {
      await openSession();
      const before = platform.eventBus.types();
      await expect(reset(token)).rejects.toMatchObject(INVALID_TOKEN);
      expect(platform.eventBus.types()).toEqual(before);
      await expect(isPassword(OLD)).resolves.toBe(true);
      expect(hasher.hashed).toEqual([]);
    };

    refusesTokensOfNoOpenLink({ platform: () => platform, lifetimeMs: HOUR, request, refused });

    it('a token that was mailed to prove the address', async () => {
      await refused(await request('email-verification'));
    });
  });

  it('refuses a token that was used', async () => {
    const token = await request();
    await reset(token);
    await expect(reset(token, Password('a third one'))).rejects.toMatchObject(INVALID_TOKEN);
    await expect(isPassword(NEW)).resolves.toBe(true);
  });
});
