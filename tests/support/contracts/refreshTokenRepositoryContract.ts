import { aSession } from '../../fixtures/aSession';
import type { SessionId } from '../../../src/core/domain/Id';
import type { RefreshToken } from '../../../src/modules/auth/domain/RefreshToken';
import { settle } from '../settle';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';

const NOW = new Date('2026-01-15T12:00:00.123Z');

let made = 0;

/** What every RefreshTokenRepository does. */
export function refreshTokenRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;
  let sessionId: SessionId;

  const run = <Result>(work: () => Promise<Result>) => world.unitOfWork.run({}, work);
  const find = (hash: string) => run(() => world.refreshTokenRepository.find(hash));
  const spend = (hash: string, now = NOW) => run(() => world.refreshTokenRepository.spend(hash, now));

  const added = async (): Promise<RefreshToken> => {
    made += 1;
    const token = { hash: `hash-${made}`, sessionId, spentAt: null };
    await run(() => world.refreshTokenRepository.add(token));
    return token;
  };

  beforeAll(async () => {
    world = await start();
    const session = aSession({ userId: await settle.user(world) });
    sessionId = session.state.id;
    await run(() => world.sessions.save(session));
  });

  afterAll(() => world.stop());

  it('finds a token by its hash, fresh, and none by another one', async () => {
    const token = await added();
    await expect(find(token.hash)).resolves.toEqual(token);
    await expect(find('unknown')).resolves.toBeNull();
  });

  it('spends one token alone, and tells when, to the millisecond', async () => {
    const [token, other] = [await added(), await added()];
    await spend(token.hash);
    await expect(find(token.hash)).resolves.toEqual({ ...token, spentAt: NOW });
    await expect(find(other.hash)).resolves.toEqual(other);
  });

  it('spends an unknown token without complaint, and makes none of it', async () => {
    await spend('unknown');
    await expect(find('unknown')).resolves.toBeNull();
  });

  it('refuses a second token with the same hash', async () => {
    const token = await added();
    await expect(run(() => world.refreshTokenRepository.add(token))).rejects.toThrow();
  });

  it('forgets what was undone', async () => {
    const token = await added();
    const undone = run(async () => {
      await world.refreshTokenRepository.spend(token.hash, NOW);
      await world.refreshTokenRepository.add({ hash: 'undone', sessionId, spentAt: null });
      throw new Error('afterwards');
    });
    await expect(undone).rejects.toThrow('afterwards');
    await expect(find(token.hash)).resolves.toEqual(token);
    await expect(find('undone')).resolves.toBeNull();
  });

  it('needs a unit of work, also to read', async () => {
    const { hash } = await added();
    await expect(world.refreshTokenRepository.find(hash)).rejects.toThrow('open unit of work');
    await expect(world.refreshTokenRepository.spend(hash, NOW)).rejects.toThrow('open unit of work');
  });
}
