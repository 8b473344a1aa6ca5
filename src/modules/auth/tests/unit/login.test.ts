import { aTotp } from '../../../../../tests/fixtures/aTotp';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import { PlainPasswordHasher } from '../../../../../tests/fixtures/PlainPasswordHasher';
import type { UserActor } from '../../../../core/domain/Actor';
import { tokenHash } from '../../../../core/domain/opaqueToken';
import { UnavailableError } from '../../../../core/errors/UnavailableError';
import { EmailAddress } from '../../../user';
import { Login } from '../../application/Login';
import { SignIn, type SignedIn } from '../../application/SignIn';
import { signInFailed } from '../../domain/events';
import { Password } from '../../domain/Password';

const CLIENT = { ip: '203.0.113.7', userAgent: 'Browser/1' };
const EMAIL = EmailAddress('ada@example.com');
const PASSWORD = Password('correct horse');

const WRONG = {
  kind: 'unauthenticated',
  code: 'INVALID_CREDENTIALS',
  message: 'The e-mail address and the password do not belong together.',
};

/** Remembers how often a password was compared: what takes the time of a login. */
class CountingPasswordHasher extends PlainPasswordHasher {
  comparisons = 0;

  isFull = false;

  /** That it is full shows before anything is asked of it. */
  saysSo = false;

  override assertRoom(): void {
    if (this.saysSo) throw new UnavailableError();
  }

  override async matches(password: string, hash: string | null): Promise<boolean> {
    if (this.isFull) throw new UnavailableError();
    this.comparisons += 1;
    return super.matches(password, hash);
  }
}

describe('Login', () => {
  let platform: InMemoryPlatform;
  let hasher: CountingPasswordHasher;
  let login: Login;

  const addAccount = async (status: 'active' | 'inactive' | 'banned' = 'active'): Promise<UserActor> => {
    const actor = await platform.addUser({ email: EMAIL, status });
    const hash = await hasher.hash(PASSWORD);
    await platform.unitOfWork.run({}, () => platform.credentials.save(actor.userId, hash));
    return actor;
  };

  const signIn = async (): Promise<SignedIn> => {
    const answer = await login.execute({ email: EMAIL, password: PASSWORD }, CLIENT);
    if ('mfaRequired' in answer) throw new Error('No second factor is in force.');
    return answer;
  };

  beforeEach(() => {
    platform = new InMemoryPlatform();
    hasher = new CountingPasswordHasher();
    const { users, credentials, loginGuard, totps, mfaChallenges, signInSessions, unitOfWork, clock } = platform;
    const next = new SignIn(totps, mfaChallenges, signInSessions, clock);
    login = new Login(users, credentials, hasher, loginGuard, next, unitOfWork, clock);
  });

  it('signs in on this device who knows the password', async () => {
    const { userId } = await addAccount();
    const answer = await signIn();
    expect(answer).toMatchObject({ userId, tokenType: 'Bearer', expiresIn: 900 });
    const { sessionId } = platform.accessTokens.verify(answer.accessToken);
    expect((await platform.sessions.get(sessionId)).state).toMatchObject({
      userId,
      ...CLIENT,
      createdAt: platform.clock.now(),
      expiresAt: new Date(platform.clock.now().getTime() + platform.refreshToken.expiresInSeconds * 1000),
    });
    expect(platform.eventBus.types()).toEqual(['auth.signed-in']);
  });

  it('starts a session of its own each time', async () => {
    await addAccount();
    const answers = await Promise.all([signIn(), signIn()]);
    expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(2);
    const sessions = answers.map(({ accessToken }) => platform.accessTokens.verify(accessToken).sessionId);
    expect(new Set(sessions).size).toBe(2);
  });

  it.each(['wrong horse', '', 'CORRECT HORSE', ' correct horse'])(
    'refuses the password %j, and records that',
    async (password) => {
      const { userId } = await addAccount();
      await expect(login.execute({ email: EMAIL, password }, CLIENT)).rejects.toMatchObject(WRONG);
      expect(platform.eventBus.types()).toEqual(['auth.sign-in-failed']);
      expect(platform.eventBus.of(signInFailed)).toMatchObject([{ actorId: userId, facts: { userId } }]);
    },
  );

  it('answers an unknown address with the same words and the same work', async () => {
    await addAccount();
    await expect(login.execute({ email: EMAIL, password: 'wrong horse' }, CLIENT)).rejects.toMatchObject(WRONG);
    expect(hasher.comparisons).toBe(1);
    const unknown = { email: EmailAddress('nobody@example.com'), password: 'wrong horse' };
    await expect(login.execute(unknown, CLIENT)).rejects.toMatchObject(WRONG);
    expect(hasher.comparisons).toBe(2);
    expect(platform.eventBus.of(signInFailed)[1]).toMatchObject({ actorId: null, facts: { userId: null } });
  });

  it('never records the password or the address that was tried', async () => {
    await expect(login.execute({ email: EMAIL, password: 'my secret' }, CLIENT)).rejects.toMatchObject(WRONG);
    expect(JSON.stringify(platform.eventBus.of(signInFailed))).not.toMatch(/my secret|ada@/);
  });

  it('refuses an account without a password', async () => {
    await platform.addUser({ email: EMAIL });
    await expect(login.execute({ email: EMAIL, password: PASSWORD }, CLIENT)).rejects.toMatchObject(WRONG);
  });

  it.each([
    ['inactive', 'ACCOUNT_INACTIVE'],
    ['banned', 'ACCOUNT_BANNED'],
  ] as const)('tells only who knows the password that the account is %s', async (status, code) => {
    await addAccount(status);
    await expect(login.execute({ email: EMAIL, password: 'wrong horse' }, CLIENT)).rejects.toMatchObject(WRONG);
    await expect(login.execute({ email: EMAIL, password: PASSWORD }, CLIENT)).rejects.toMatchObject({
      kind: 'forbidden',
      code,
    });
    const failures = platform.eventBus.of(signInFailed).map(({ facts }) => facts.reason);
    expect(failures).toEqual(['wrong credentials', 'account suspended']);
    expect(platform.eventBus.types()).not.toContain('auth.signed-in');
    expect((await platform.loginAttempts.find(tokenHash(EMAIL)))?.state.failures).toBe(1);
  });

  it('hashes the password anew when the cost was raised since', async () => {
    const { userId } = await addAccount();
    await platform.unitOfWork.run({}, () => platform.credentials.save(userId, `old:${PASSWORD}`));
    await signIn();
    await expect(platform.credentials.find(userId)).resolves.toBe(await hasher.hash(PASSWORD));
  });

  describe('after ten failures within 15 minutes', () => {
    const LOCKED = { kind: 'too-many-requests', code: 'ACCOUNT_LOCKED' };
    const STRANGER = { ip: '198.51.100.9', userAgent: 'Guesser/1' };

    const guess = (email = EMAIL) => login.execute({ email, password: 'a guess' }, STRANGER);
    const guessTenTimes = async (email = EMAIL) => {
      for (let attempt = 0; attempt < 10; attempt += 1) await expect(guess(email)).rejects.toMatchObject(WRONG);
    };

    it('refuses the next one from an unknown device, even with the right password', async () => {
      const { userId } = await addAccount();
      await guessTenTimes();
      const { comparisons } = hasher;
      const right = login.execute({ email: EMAIL, password: PASSWORD }, STRANGER);
      await expect(right).rejects.toMatchObject({ ...LOCKED, details: { retryAfter: 30 } });
      expect(hasher.comparisons).toBe(comparisons);
      expect(platform.eventBus.types().filter((type) => type === 'auth.account-locked')).toHaveLength(1);
      expect(platform.eventBus.of(signInFailed).at(-1)?.facts).toEqual({ userId, reason: 'account locked' });
    });

    it('refuses it for an address without an account just the same', async () => {
      const nobody = EmailAddress('nobody@example.com');
      await guessTenTimes(nobody);
      await expect(guess(nobody)).rejects.toMatchObject(LOCKED);
    });

    it('makes each wait twice as long', async () => {
      await addAccount();
      await guessTenTimes();
      platform.clock.advance(30_000);
      await expect(guess()).rejects.toMatchObject(WRONG);
      await expect(guess()).rejects.toMatchObject({ ...LOCKED, details: { retryAfter: 60 } });
    });

    it('lets in who signed in from this device before', async () => {
      await addAccount();
      await signIn();
      await guessTenTimes();
      await expect(signIn()).resolves.toMatchObject({ tokenType: 'Bearer' });
    });

    it.each(['ada@example.com', 'nobody@example.com'])(
      'has looked at ten of 200 at the same moment, at %s',
      async (raw) => {
        await addAccount();
        const email = EmailAddress(raw);
        const outcomes = await Promise.allSettled(Array.from({ length: 200 }, () => guess(email)));
        const codes = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code);
        expect(hasher.comparisons).toBe(10);
        expect(codes.filter((code) => code === WRONG.code)).toHaveLength(10);
        expect(codes.filter((code) => code === LOCKED.code)).toHaveLength(190);
      },
    );

    it('counts none that was not looked at', async () => {
      await addAccount();
      hasher.isFull = true;
      const refused = await Promise.allSettled(Array.from({ length: 30 }, () => guess()));
      expect(refused).toContainEqual({ status: 'rejected', reason: expect.any(UnavailableError) });
      hasher.isFull = false;
      await expect(login.execute({ email: EMAIL, password: PASSWORD }, STRANGER)).resolves.toBeDefined();
    });

    it('begins nothing while it is known that no password can be compared', async () => {
      await addAccount();
      hasher.saysSo = true;
      await expect(guess()).rejects.toThrow(UnavailableError);
      expect(hasher.comparisons).toBe(0);
      expect(await platform.loginAttempts.find(tokenHash(EMAIL))).toBeNull();
    });

    it('counts no half of a sign-in, and forgets nothing for it', async () => {
      const { userId } = await addAccount();
      await platform.unitOfWork.run({}, () => platform.totps.save(aTotp({ userId })));
      const half = () => login.execute({ email: EMAIL, password: PASSWORD }, STRANGER);
      for (let attempt = 0; attempt < 9; attempt += 1) await expect(guess()).rejects.toMatchObject(WRONG);
      for (let time = 0; time < 3; time += 1) await expect(half()).resolves.toHaveProperty('mfaRequired', true);
      await expect(guess()).rejects.toMatchObject(WRONG);
      await expect(half()).rejects.toMatchObject(LOCKED);
      platform.clock.advance(30_000);
      await expect(half()).resolves.toHaveProperty('mfaRequired', true);
      await expect(guess()).rejects.toMatchObject(WRONG);
      await expect(half()).rejects.toMatchObject({ ...LOCKED, details: { retryAfter: 60 } });
    });

    it('forgets the failures after a sign-in that was right, and after a while', async () => {
      await addAccount();
      await guessTenTimes();
      platform.clock.advance(16 * 60_000 + 30_000);
      await guessTenTimes();
      platform.clock.advance(30_000);
      await expect(login.execute({ email: EMAIL, password: PASSWORD }, STRANGER)).resolves.toBeDefined();
      await expect(guess()).rejects.toMatchObject(WRONG);
      await expect(guess()).rejects.toMatchObject(WRONG);
    });
  });
});
