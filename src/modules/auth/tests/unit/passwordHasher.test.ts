import { availableParallelism } from 'node:os';
import { passwordHasherContract } from '../../../../../tests/support/contracts/passwordHasherContract';
import { PlainPasswordHasher } from '../../../../../tests/fixtures/PlainPasswordHasher';
import { UnavailableError } from '../../../../core/errors/UnavailableError';
import { Password } from '../../domain/Password';
import { BcryptPasswordHasher } from '../../infrastructure/BcryptPasswordHasher';

describe('PlainPasswordHasher', () => {
  passwordHasherContract(new PlainPasswordHasher());
});

describe('BcryptPasswordHasher', () => {
  const hasher = new BcryptPasswordHasher(4);

  passwordHasherContract(hasher);

  it('makes another hash of the same password each time, of the strength that is asked for', async () => {
    const hashes = await Promise.all([1, 2].map(() => hasher.hash(Password('correct horse'))));
    expect(new Set(hashes).size).toBe(2);
    for (const hash of hashes) expect(hash).toMatch(/^\$2b\$04\$.{53}$/);
  });

  it('refuses what comes beyond a short line, says so beforehand, and has room again', async () => {
    const hash = await hasher.hash(Password('correct horse'));
    const places = 17 * availableParallelism();
    const taken = Promise.all(Array.from({ length: places }, () => hasher.matches('correct horse', hash)));
    expect(() => hasher.assertRoom()).toThrow(UnavailableError);
    await expect(hasher.matches('correct horse', hash)).rejects.toThrow(UnavailableError);
    await expect(taken).resolves.toEqual(Array.from({ length: places }, () => true));
    expect(() => hasher.assertRoom()).not.toThrow();
  });

  it('knows passwords again that were hashed with another strength', async () => {
    const hash = await new BcryptPasswordHasher(5).hash(Password('correct horse'));
    await expect(hasher.matches('correct horse', hash)).resolves.toBe(true);
  });
});
