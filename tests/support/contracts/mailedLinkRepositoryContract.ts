import { newId, type UserId } from '../../../src/core/domain/Id';
import { MailedLink, type LinkPurpose } from '../../../src/modules/auth/domain/MailedLink';
import { settle } from '../settle';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';

const NOW = new Date('2026-01-15T12:00:00.123Z');
const PURPOSE = 'email-verification';
const DAY = 24 * 60 * 60 * 1000;
const LAST_MOMENT = new Date(NOW.getTime() + DAY - 1);
const EXPIRY = new Date(NOW.getTime() + DAY);

/** What every MailedLinkRepository does. */
export function mailedLinkRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;
  let userId: UserId;

  const run = <Result>(work: () => Promise<Result>) => world.unitOfWork.run({}, work);
  const consume = (hash: string, now = NOW) => run(() => world.mailedLinks.consume(PURPOSE, hash, now));
  const isOpen = (id: string, now = NOW) => world.mailedLinks.isOpen(id, now);

  const added = async (of = userId, purpose: LinkPurpose = PURPOSE) => {
    const id = newId();
    const link = MailedLink.request({ id, userId: of, purpose, tokenHash: `hash of ${id}` }, NOW);
    await run(() => world.mailedLinks.add(link));
    return link.state;
  };

  beforeAll(async () => {
    world = await start();
  });

  beforeEach(async () => {
    userId = await settle.user(world);
  });

  afterAll(() => world.stop());

  it('uses one up, once, and tells whose it was', async () => {
    const { tokenHash } = await added();
    await expect(consume(tokenHash)).resolves.toBe(userId);
    await expect(consume(tokenHash)).resolves.toBeNull();
  });

  it('tells whose one is without using it up, while it is open', async () => {
    const { tokenHash } = await added();
    const find = (hash: string, now = LAST_MOMENT, purpose: LinkPurpose = PURPOSE) =>
      world.mailedLinks.find(purpose, hash, now);
    await expect(find(tokenHash)).resolves.toBe(userId);
    await expect(find(tokenHash, EXPIRY)).resolves.toBeNull();
    await expect(find(tokenHash, NOW, 'password-reset')).resolves.toBeNull();
    await expect(find('unknown')).resolves.toBeNull();
    await expect(consume(tokenHash)).resolves.toBe(userId);
    await expect(find(tokenHash)).resolves.toBeNull();
  });

  it('uses none up by an unknown token', async () => {
    await added();
    await expect(consume('unknown')).resolves.toBeNull();
  });

  it('can be used until the last millisecond, and not when it expires', async () => {
    const { tokenHash } = await added();
    await expect(consume(tokenHash, EXPIRY)).resolves.toBeNull();
    await expect(consume(tokenHash, LAST_MOMENT)).resolves.toBe(userId);
  });

  it('voids the earlier ones of the same person, and of nobody else', async () => {
    const somebody = await added(await settle.user(world));
    const [first, second] = [await added(), await added()];
    await expect(consume(first.tokenHash)).resolves.toBeNull();
    await expect(isOpen(first.id)).resolves.toBe(false);
    await expect(isOpen(second.id)).resolves.toBe(true);
    await expect(isOpen(somebody.id)).resolves.toBe(true);
  });

  it('keeps links for different purposes apart', async () => {
    const reset = await added(userId, 'password-reset');
    const verification = await added();
    await expect(isOpen(reset.id)).resolves.toBe(true);
    await expect(consume(reset.tokenHash)).resolves.toBeNull();
    await expect(isOpen(verification.id)).resolves.toBe(true);
  });

  it('is open until it expires or is used', async () => {
    const { id, tokenHash } = await added();
    await expect(isOpen(id, LAST_MOMENT)).resolves.toBe(true);
    await expect(isOpen(id, EXPIRY)).resolves.toBe(false);
    await consume(tokenHash);
    await expect(isOpen(id)).resolves.toBe(false);
    await expect(isOpen(newId())).resolves.toBe(false);
  });

  it('lets one of many uses at the same time win', async () => {
    const { tokenHash } = await added();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => consume(tokenHash)));
    expect(outcomes.filter((winner) => winner !== null)).toEqual([userId]);
  });

  it('is open again when its use was undone', async () => {
    const { id, tokenHash } = await added();
    const undone = run(async () => {
      await world.mailedLinks.consume(PURPOSE, tokenHash, NOW);
      throw new Error('afterwards');
    });
    await expect(undone).rejects.toThrow('afterwards');
    await expect(isOpen(id)).resolves.toBe(true);
  });

  it('publishes that it was asked for, with the row', async () => {
    const before = (await world.published()).length;
    await added();
    expect((await world.published()).slice(before)).toEqual(['auth.verification-requested']);
  });

  it('needs a unit of work to be used', async () => {
    const { tokenHash } = await added();
    await expect(world.mailedLinks.consume(PURPOSE, tokenHash, NOW)).rejects.toThrow('open unit of work');
  });

  it('voids those of a person for one purpose alone, and nobody else’s', async () => {
    const somebody = await added(await settle.user(world), 'password-reset');
    const [verification, reset] = [await added(), await added(userId, 'password-reset')];
    await run(() => world.mailedLinks.voidOf(userId, 'password-reset'));
    await expect(isOpen(reset.id)).resolves.toBe(false);
    await expect(isOpen(verification.id)).resolves.toBe(true);
    await expect(isOpen(somebody.id)).resolves.toBe(true);
  });

  it('voids all of a person, for whatever purpose, and of nobody else', async () => {
    const somebody = await added(await settle.user(world));
    const [verification, reset] = [await added(), await added(userId, 'password-reset')];
    await run(() => world.mailedLinks.voidAllOf(userId));
    await expect(isOpen(verification.id)).resolves.toBe(false);
    await expect(isOpen(reset.id)).resolves.toBe(false);
    await expect(isOpen(somebody.id)).resolves.toBe(true);
  });
}
