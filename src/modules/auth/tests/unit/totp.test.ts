import { aTotp } from '../../../../../tests/fixtures/aTotp';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { newId, type UserId } from '../../../../core/domain/Id';
import { MfaChallenge } from '../../domain/MfaChallenge';
import { newRecoveryCodes, recoveryCodeHash } from '../../domain/RecoveryCode';
import { Totp } from '../../domain/Totp';

const userId = newId<UserId>();

describe('A second factor', () => {
  it('is not in force before its app has shown a code, and not announced', () => {
    const totp = Totp.enroll(userId, 'SECRET');
    expect(totp.version).toBe(0);
    expect(totp.isConfirmed).toBe(false);
    expect(totp.state).toEqual({ userId, secret: 'SECRET', confirmedAt: null, lastStep: 0, recoveryCodes: [] });
    expect(totp.releaseEvents()).toEqual([]);
  });

  it('comes back from the database as it was, and unannounced', () => {
    const { state } = aTotp({ lastStep: 5, recoveryCodes: ['a'] });
    const totp = Totp.restore(state, 3);
    expect(totp.state).toEqual(state);
    expect(totp.version).toBe(3);
    expect(totp.isConfirmed).toBe(true);
    expect(totp.releaseEvents()).toEqual([]);
  });

  it('may have its secret replaced until it is in force', () => {
    const totp = Totp.enroll(userId, 'SECRET');
    totp.renew('ANOTHER');
    expect(totp.state).toMatchObject({ secret: 'ANOTHER', lastStep: 0 });
  });

  it('is in force with the first code, which is used up by that, and announced without any secret', () => {
    const totp = Totp.enroll(userId, 'SECRET');
    totp.confirm(100, ['hash'], NOW);
    expect(totp.isConfirmed).toBe(true);
    expect(totp.state).toMatchObject({ confirmedAt: NOW, lastStep: 100, recoveryCodes: ['hash'] });
    expect(totp.useStep(100)).toBe(false);
    const [event] = totp.releaseEvents();
    expect(event).toMatchObject({ type: 'auth.mfa-enabled', actorId: userId, occurredAt: NOW, facts: { userId } });
    expect(JSON.stringify(event)).not.toMatch(/SECRET|hash/);
  });

  it.each([
    [101, true],
    [102, true],
    [100, false],
    [99, false],
  ])('whose step 100 was used takes step %i: %s', (step, taken) => {
    const totp = aTotp({ lastStep: 100 });
    expect(totp.useStep(step)).toBe(taken);
    expect(totp.state.lastStep).toBe(taken ? step : 100);
    expect(totp.useStep(step)).toBe(false);
  });

  it('takes each recovery code once, and tells how many are left', () => {
    const totp = aTotp({ userId, recoveryCodes: ['a', 'b', 'c'] });
    expect(totp.useRecoveryCode('b', NOW)).toBe(true);
    expect(totp.useRecoveryCode('b', NOW)).toBe(false);
    expect(totp.useRecoveryCode('x', NOW)).toBe(false);
    expect(totp.state.recoveryCodes).toEqual(['a', 'c']);
    expect(totp.releaseEvents()).toEqual([
      expect.objectContaining({ type: 'auth.recovery-code-used', actorId: userId, facts: { userId, left: 2 } }),
    ]);
  });

  it('is announced when it ends, if it ever was in force', () => {
    const totp = aTotp({ userId });
    totp.disable(NOW);
    expect(totp.releaseEvents()).toEqual([
      expect.objectContaining({ type: 'auth.mfa-disabled', actorId: userId, occurredAt: NOW, facts: { userId } }),
    ]);
    const pending = Totp.enroll(userId, 'SECRET');
    pending.disable(NOW);
    expect(pending.releaseEvents()).toEqual([]);
  });
});

describe('Recovery codes', () => {
  it('are ten, easy to read, and others each time', () => {
    const codes = [...newRecoveryCodes(), ...newRecoveryCodes()];
    expect(codes).toHaveLength(20);
    expect(new Set(codes).size).toBe(20);
    for (const code of codes) expect(code).toMatch(/^[a-hjkmnp-z2-9]{5}-[a-hjkmnp-z2-9]{5}$/);
  });

  it.each(['ABCDE-FGHJK', 'abcdefghjk', ' abcde fghjk ', 'abcde-\tfghjk', 'Abcde-Fghjk'])(
    'are known however they are written: %j',
    (written) => {
      expect(recoveryCodeHash(written)).toBe(recoveryCodeHash('abcde-fghjk'));
    },
  );

  it.each(['abcde-fghjm', 'abcde', '', 'abcde-fghjkk'])('are not known by another one: %j', (written) => {
    expect(recoveryCodeHash(written)).not.toBe(recoveryCodeHash('abcde-fghjk'));
  });

  it('are not told by what is stored of them', () => {
    expect(recoveryCodeHash('abcde-fghjk')).not.toContain('abcde');
  });
});

describe('A challenge', () => {
  const issue = () => MfaChallenge.issue({ id: newId(), tokenHash: 'hash', userId }, NOW);
  const after = (ms: number) => new Date(NOW.getTime() + ms);

  it('is open for five minutes', () => {
    const challenge = issue();
    expect(challenge.state).toMatchObject({ tokenHash: 'hash', userId, failures: 0, expiresAt: after(300_000) });
    expect(challenge.isOpen(NOW)).toBe(true);
    expect(challenge.isOpen(after(299_999))).toBe(true);
    expect(challenge.isOpen(after(300_000))).toBe(false);
  });

  it('is over after five failures', () => {
    const challenge = issue();
    for (let failure = 1; failure <= 5; failure += 1) {
      expect(challenge.isOpen(NOW)).toBe(true);
      challenge.fail();
    }
    expect(challenge.isOpen(NOW)).toBe(false);
  });

  it('comes back from the database as it was', () => {
    const { state } = issue();
    const challenge = MfaChallenge.restore({ ...state, failures: 4 }, 5);
    expect(challenge.state).toEqual({ ...state, failures: 4 });
    expect(challenge.version).toBe(5);
  });
});
