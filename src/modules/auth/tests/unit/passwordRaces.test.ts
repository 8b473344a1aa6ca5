import { aSession } from '../../../../../tests/fixtures/aSession';
import { aTotp } from '../../../../../tests/fixtures/aTotp';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import { PlainPasswordHasher } from '../../../../../tests/fixtures/PlainPasswordHasher';
import type { UserActor } from '../../../../core/domain/Actor';
import { EmailAddress } from '../../../user';
import { ChangePassword } from '../../application/ChangePassword';
import { Login } from '../../application/Login';
import { ProvePassword } from '../../application/ProvePassword';
import { RemoveTotp } from '../../application/RemoveTotp';
import { SignIn } from '../../application/SignIn';
import { Password } from '../../domain/Password';

const EMAIL = EmailAddress('ada@example.com');
const OLD = Password('correct horse');
const NEW = Password('battery staple');

const INVALID_CREDENTIALS = { kind: 'unauthenticated', code: 'INVALID_CREDENTIALS' };

/** Lets something happen after the first comparison, before anybody knows how it went. */
class InterruptedPasswordHasher extends PlainPasswordHasher {
  interruption: (() => Promise<void>) | null = null;

  override async matches(password: string, hash: string | null): Promise<boolean> {
    const matches = await super.matches(password, hash);
    const { interruption } = this;
    this.interruption = null;
    await interruption?.();
    return matches;
  }
}

describe('While the old password is compared, a reset', () => {
  let platform: InMemoryPlatform;
  let hasher: InterruptedPasswordHasher;
  let ada: UserActor;

  const put = async (hash: string) =>
    platform.unitOfWork.run({}, () => platform.setPassword.of(ada.userId, hash, 'reset'));

  const isPassword = async (password: string) => hasher.matches(password, await platform.credentials.find(ada.userId));

  const login = () => {
    const { users, credentials, loginGuard, totps, mfaChallenges, signInSessions, unitOfWork, clock } = platform;
    const signIn = new SignIn(totps, mfaChallenges, signInSessions, clock);
    const use = new Login(users, credentials, hasher, loginGuard, signIn, unitOfWork, clock);
    return use.execute({ email: EMAIL, password: OLD }, { ip: '203.0.113.7', userAgent: 'Browser/1' });
  };

  const provePassword = () => {
    const { users, credentials, eventBus, unitOfWork, clock } = platform;
    return new ProvePassword(users, credentials, hasher, eventBus, unitOfWork, clock);
  };

  const openSessions = () => platform.unitOfWork.run({}, () => platform.sessions.openOf(ada.userId));

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    hasher = new InterruptedPasswordHasher();
    ada = await platform.addUser({ email: EMAIL });
    const hash = await hasher.hash(OLD);
    await platform.unitOfWork.run({}, () => platform.credentials.save(ada.userId, hash));
    const session = aSession({ id: ada.sessionId, userId: ada.userId });
    await platform.unitOfWork.run({}, () => platform.sessions.save(session));
    hasher.interruption = async () => put(await hasher.hash(NEW));
  });

  it('leaves no session behind that the old one opened', async () => {
    await expect(login()).rejects.toMatchObject(INVALID_CREDENTIALS);
    await expect(openSessions()).resolves.toEqual([]);
    expect(platform.eventBus.types()).not.toContain('auth.signed-in');
  });

  it('is not undone by what knew the old one', async () => {
    const { users, passwordPolicy, setPassword, unitOfWork } = platform;
    const change = new ChangePassword(users, provePassword(), passwordPolicy, hasher, setPassword, unitOfWork);
    const asked = change.execute(ada, { currentPassword: OLD, newPassword: Password('the thief’s choice') });
    await expect(asked).rejects.toMatchObject(INVALID_CREDENTIALS);
    await expect(isPassword(NEW)).resolves.toBe(true);
    await expect(openSessions()).resolves.toEqual([]);
  });

  it('keeps the second factor in force', async () => {
    const { totps, endSecondFactor, unitOfWork } = platform;
    await unitOfWork.run({}, () => totps.save(aTotp({ userId: ada.userId })));
    const remove = new RemoveTotp(endSecondFactor, provePassword(), unitOfWork);
    await expect(remove.execute(ada, { password: OLD })).rejects.toMatchObject(INVALID_CREDENTIALS);
    await expect(unitOfWork.run({}, () => totps.find(ada.userId))).resolves.not.toBeNull();
  });

  it('is told from another hash of the same password, which signs in', async () => {
    const save = (hash: string) => platform.unitOfWork.run({}, () => platform.credentials.save(ada.userId, hash));
    await save(`old:${OLD}`);
    hasher.interruption = async () => save(await hasher.hash(OLD));
    await expect(login()).resolves.toMatchObject({ userId: ada.userId });
  });
});
