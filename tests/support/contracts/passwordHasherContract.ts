import type { PasswordHasher } from '../../../src/modules/auth/application/PasswordHasher';
import { Password } from '../../../src/modules/auth/domain/Password';

const SEVENTY_TWO_BYTES = 'x'.repeat(72);

/** What every password hasher does. */
export function passwordHasherContract(hasher: PasswordHasher): void {
  it.each([
    ['a plain one', 'correct horse'],
    ['one of 72 bytes', SEVENTY_TWO_BYTES],
    ['one of 128 emoji', '🐎'.repeat(128)],
    ['one with a NUL', 'correct\u0000horse'],
    ['blanks', '          '],
  ])('knows a password again: %s', async (_what, raw) => {
    await expect(hasher.matches(raw, await hasher.hash(Password(raw)))).resolves.toBe(true);
  });

  it.each([
    ['in one letter', 'correct horse', 'correct house'],
    ['in case', 'correct horse', 'Correct horse'],
    ['in a final blank', 'correct horse', 'correct horse '],
    ['after byte 72', `${SEVENTY_TWO_BYTES}a`, `${SEVENTY_TWO_BYTES}b`],
    ['in length after byte 72', SEVENTY_TWO_BYTES, `${SEVENTY_TWO_BYTES}x`],
    ['after byte 72, in the last of 128 emoji', '🐎'.repeat(128), `${'🐎'.repeat(127)}🔋`],
    ['after a NUL', 'correct\u0000horse', 'correct\u0000other'],
    ['from a NUL on', 'correct\u0000horse', 'correct'],
  ])('tells passwords apart that differ %s', async (_where, one, other) => {
    await expect(hasher.matches(other, await hasher.hash(Password(one)))).resolves.toBe(false);
  });

  it.each(['', 'x', 'correct horse', 'no account has this password', 'y'.repeat(1_000)])(
    'says no where there is no hash, whatever was typed: %#',
    async (typed) => {
      await expect(hasher.matches(typed, null)).resolves.toBe(false);
    },
  );

  it('says no to the hash in place of the password', async () => {
    const hash = await hasher.hash(Password('correct horse'));
    await expect(hasher.matches(hash, hash)).resolves.toBe(false);
  });
}
