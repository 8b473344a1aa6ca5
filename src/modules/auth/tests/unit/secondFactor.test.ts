import { aTotp } from '../../../../../tests/fixtures/aTotp';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { UserActor } from '../../../../core/domain/Actor';
import { ConfirmTotp } from '../../application/ConfirmTotp';
import { EnrollTotp } from '../../application/EnrollTotp';
import { RemoveTotp } from '../../application/RemoveTotp';
import { Password } from '../../domain/Password';
import { recoveryCodeHash } from '../../domain/RecoveryCode';

const PASSWORD = Password('correct horse');

const MFA_INVALID = { kind: 'unauthenticated', code: 'MFA_INVALID' };
const INVALID_CREDENTIALS = { kind: 'unauthenticated', code: 'INVALID_CREDENTIALS' };

describe('The second factor of a person', () => {
  let platform: InMemoryPlatform;
  let ada: UserActor;
  let enrollTotp: EnrollTotp;
  let confirmTotp: ConfirmTotp;
  let removeTotp: RemoveTotp;

  const stateOf = async ({ userId }: UserActor) =>
    (await platform.unitOfWork.run({}, () => platform.totps.find(userId)))?.state ?? null;

  const putInForce = (state: Parameters<typeof aTotp>[0] = {}) =>
    platform.unitOfWork.run({}, () => platform.totps.save(aTotp({ userId: ada.userId, ...state })));

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    const { users, totps, totpCodes, credentials, passwordHasher, provePassword, unitOfWork, clock } = platform;
    ada = await platform.addUser();
    const hash = await passwordHasher.hash(PASSWORD);
    await unitOfWork.run({}, () => credentials.save(ada.userId, hash));
    enrollTotp = new EnrollTotp(users, totps, totpCodes, unitOfWork);
    confirmTotp = new ConfirmTotp(totps, totpCodes, unitOfWork, clock);
    removeTotp = new RemoveTotp(platform.endSecondFactor, provePassword, unitOfWork);
  });

  describe('when it is enrolled', () => {
    it('is a secret for an app, and not in force yet', async () => {
      const { secret, otpauthUrl } = await enrollTotp.execute(ada);
      expect(otpauthUrl).toBe(platform.totpCodes.url(secret, ada.email));
      await expect(stateOf(ada)).resolves.toMatchObject({ secret, confirmedAt: null });
      expect(platform.eventBus.types()).toEqual([]);
    });

    it('again has another secret, and the first one is void', async () => {
      const first = await enrollTotp.execute(ada);
      const second = await enrollTotp.execute(ada);
      expect(second.secret).not.toBe(first.secret);
      const code = platform.totpCodes.codeOf(first.secret);
      await expect(confirmTotp.execute(ada, { code })).rejects.toMatchObject(MFA_INVALID);
    });

    it('is left alone once it is in force', async () => {
      await putInForce();
      const before = await stateOf(ada);
      await expect(enrollTotp.execute(ada)).rejects.toMatchObject({ kind: 'conflict', code: 'CONFLICT' });
      await expect(stateOf(ada)).resolves.toEqual(before);
    });
  });

  describe('when it is confirmed', () => {
    it('is in force, and tells ten recovery codes of which only hashes are kept', async () => {
      const { secret } = await enrollTotp.execute(ada);
      const { recoveryCodes } = await confirmTotp.execute(ada, { code: platform.totpCodes.codeOf(secret) });
      expect(recoveryCodes).toHaveLength(10);
      await expect(stateOf(ada)).resolves.toMatchObject({
        confirmedAt: platform.clock.now(),
        lastStep: platform.totpCodes.step(),
        recoveryCodes: recoveryCodes.map(recoveryCodeHash),
      });
      expect(platform.eventBus.types()).toEqual(['auth.mfa-enabled']);
    });

    it('refuses a wrong code, and stays out of force', async () => {
      const { secret } = await enrollTotp.execute(ada);
      const code = platform.totpCodes.codeOf(secret, platform.totpCodes.step() - 10);
      await expect(confirmTotp.execute(ada, { code })).rejects.toMatchObject(MFA_INVALID);
      await expect(stateOf(ada)).resolves.toMatchObject({ confirmedAt: null });
      expect(platform.eventBus.types()).toEqual([]);
    });

    it('refuses any code where nothing was enrolled', async () => {
      await expect(confirmTotp.execute(ada, { code: '000000' })).rejects.toMatchObject(MFA_INVALID);
      await expect(stateOf(ada)).resolves.toBeNull();
    });

    it('tells no new recovery codes to who has it in force already', async () => {
      await putInForce({ secret: 'SECRET', recoveryCodes: ['kept'] });
      const code = platform.totpCodes.codeOf('SECRET');
      await expect(confirmTotp.execute(ada, { code })).rejects.toMatchObject(MFA_INVALID);
      await expect(stateOf(ada)).resolves.toMatchObject({ recoveryCodes: ['kept'] });
    });
  });

  describe('when it is removed', () => {
    it('is gone, against the password', async () => {
      await putInForce();
      await removeTotp.execute(ada, { password: PASSWORD });
      await expect(stateOf(ada)).resolves.toBeNull();
      expect(platform.eventBus.types()).toEqual(['auth.mfa-disabled']);
    });

    it.each(['wrong horse', ''])('stays in force against the password %j', async (password) => {
      await putInForce();
      await expect(removeTotp.execute(ada, { password })).rejects.toMatchObject(INVALID_CREDENTIALS);
      await expect(stateOf(ada)).resolves.not.toBeNull();
      expect(platform.eventBus.types()).toEqual(['auth.password-refused']);
    });

    it('asks for the password also where there is none, and then does nothing', async () => {
      await expect(removeTotp.execute(ada, { password: 'wrong horse' })).rejects.toMatchObject(INVALID_CREDENTIALS);
      await expect(removeTotp.execute(ada, { password: PASSWORD })).resolves.toBeUndefined();
      expect(platform.eventBus.types()).toEqual(['auth.password-refused']);
    });

    it('never goes with that of somebody else', async () => {
      await putInForce();
      const grace = await platform.addUser();
      await expect(removeTotp.execute(grace, { password: PASSWORD })).rejects.toMatchObject(INVALID_CREDENTIALS);
      await expect(stateOf(ada)).resolves.not.toBeNull();
    });
  });
});
