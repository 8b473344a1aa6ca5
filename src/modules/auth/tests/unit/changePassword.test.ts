import { aSession } from '../../../../../tests/fixtures/aSession';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { UserActor } from '../../../../core/domain/Actor';
import { newId, type SessionId } from '../../../../core/domain/Id';
import { ChangePassword } from '../../application/ChangePassword';
import {
  passwordChanged,
  passwordRefused,
  passwordResetRequested,
  sessionEnded,
  verificationRequested,
} from '../../domain/events';
import { Password } from '../../domain/Password';

const OLD = Password('correct horse');
const NEW = Password('battery staple');

const INVALID_CREDENTIALS = { kind: 'unauthenticated', code: 'INVALID_CREDENTIALS' };

describe('ChangePassword', () => {
  let platform: InMemoryPlatform;
  let ada: UserActor;
  let phone: SessionId;
  let changePassword: ChangePassword;

  const openSession = async ({ userId }: UserActor, id = newId<SessionId>()): Promise<SessionId> => {
    await platform.unitOfWork.run({}, () => platform.sessions.save(aSession({ id, userId })));
    return id;
  };

  const isPassword = async (password: string, { userId } = ada) =>
    platform.passwordHasher.matches(password, await platform.credentials.find(userId));

  const givePassword = async ({ userId }: UserActor) => {
    const hash = await platform.passwordHasher.hash(OLD);
    await platform.unitOfWork.run({}, () => platform.credentials.save(userId, hash));
  };

  const refused = async (currentPassword: string, newPassword: Password, expected: object, recorded: string[] = []) => {
    await expect(changePassword.execute(ada, { currentPassword, newPassword })).rejects.toMatchObject(expected);
    await expect(isPassword(OLD)).resolves.toBe(true);
    expect(platform.eventBus.types()).toEqual(recorded);
  };

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    const { users, provePassword, passwordPolicy, passwordHasher, setPassword, unitOfWork } = platform;
    ada = await platform.addUser();
    await givePassword(ada);
    await openSession(ada, ada.sessionId);
    phone = await openSession(ada);
    changePassword = new ChangePassword(users, provePassword, passwordPolicy, passwordHasher, setPassword, unitOfWork);
  });

  it('puts the new password in force, and says so without telling it', async () => {
    await changePassword.execute(ada, { currentPassword: OLD, newPassword: NEW });
    await expect(isPassword(NEW)).resolves.toBe(true);
    await expect(isPassword(OLD)).resolves.toBe(false);
    const events = platform.eventBus.of(passwordChanged);
    expect(events).toMatchObject([{ actorId: ada.userId, facts: { userId: ada.userId, how: 'changed' } }]);
    expect(JSON.stringify(events)).not.toMatch(/horse|staple/);
  });

  it('ends all sessions but the one that asks', async () => {
    await changePassword.execute(ada, { currentPassword: OLD, newPassword: NEW });
    expect(platform.eventBus.of(sessionEnded)).toMatchObject([
      { facts: { sessionId: phone, reason: 'password-changed' } },
    ]);
    expect((await platform.sessions.get(ada.sessionId)).state.revokedAt).toBeNull();
  });

  it('voids links to choose another one, and leaves those that prove the address', async () => {
    const { unitOfWork, requestMailedLink, mailedLinks, clock } = platform;
    await unitOfWork.run({}, async () => {
      await requestMailedLink.execute(ada.userId, 'password-reset');
      await requestMailedLink.execute(ada.userId, 'email-verification');
    });
    const [reset, verification] = [passwordResetRequested, verificationRequested].map(
      (requested) => platform.eventBus.of(requested)[0]?.facts.linkId ?? '',
    );
    await changePassword.execute(ada, { currentPassword: OLD, newPassword: NEW });
    await expect(mailedLinks.isOpen(reset ?? '', clock.now())).resolves.toBe(false);
    await expect(mailedLinks.isOpen(verification ?? '', clock.now())).resolves.toBe(true);
  });

  it('leaves the passwords and the sessions of others alone', async () => {
    const grace = await platform.addUser();
    await givePassword(grace);
    const theirs = await openSession(grace);
    await changePassword.execute(ada, { currentPassword: OLD, newPassword: NEW });
    await expect(isPassword(OLD, grace)).resolves.toBe(true);
    expect((await platform.sessions.get(theirs)).state.revokedAt).toBeNull();
  });

  it.each(['wrong horse', '', 'battery staple'])('refuses %j for the password that is in force', async (current) => {
    await refused(current, NEW, INVALID_CREDENTIALS, ['auth.password-refused']);
    const { userId, sessionId } = ada;
    expect(platform.eventBus.of(passwordRefused)).toMatchObject([{ actorId: userId, facts: { userId, sessionId } }]);
  });

  it.each([
    ['a common one', 'password1', { kind: 'unprocessable', code: 'PASSWORD_BREACHED' }],
    ['the name', 'Ada Lovelace', { details: { errors: [expect.objectContaining({ field: 'newPassword' })] } }],
  ])('refuses %s for a new password', async (_what, raw, expected) => {
    await refused(OLD, Password(raw), expected);
  });

  it('refuses an account without a password', async () => {
    const grace = await platform.addUser();
    const change = changePassword.execute(grace, { currentPassword: '', newPassword: NEW });
    await expect(change).rejects.toMatchObject(INVALID_CREDENTIALS);
  });
});
