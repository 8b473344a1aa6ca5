import { newId, type UserId } from '../../../src/core/domain/Id';
import { Identity } from '../../../src/modules/auth/domain/Identity';
import { settle } from '../settle';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';

const NOW = new Date('2026-01-15T12:00:00.123Z');
const ISSUER = 'https://id.example.com';

/** What every IdentityRepository does. */
export function identityRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;
  let subject: string;

  const run = <Result>(work: () => Promise<Result>) => world.unitOfWork.run({}, work);
  const add = (userId: UserId, of = subject, issuer = ISSUER) =>
    run(() => world.identities.add(Identity.link({ issuer, subject: of, userId }, NOW)));

  beforeAll(async () => {
    world = await start();
  });

  beforeEach(() => {
    subject = newId();
  });

  afterAll(() => world.stop());

  it('tells whose an identity is', async () => {
    const [ada, charles] = [await settle.user(world), await settle.user(world)];
    await add(ada);
    await add(charles, `${subject}x`);
    await expect(world.identities.ownerOf(ISSUER, subject)).resolves.toBe(ada);
    await expect(world.identities.ownerOf(ISSUER, `${subject}x`)).resolves.toBe(charles);
  });

  it('tells issuers and subjects from others that look alike', async () => {
    await add(await settle.user(world));
    await expect(world.identities.ownerOf(`${ISSUER}/`, subject)).resolves.toBeNull();
    await expect(world.identities.ownerOf('https://other.example.com', subject)).resolves.toBeNull();
    await expect(world.identities.ownerOf(ISSUER, subject.toUpperCase())).resolves.toBeNull();
    await expect(world.identities.ownerOf(ISSUER, '')).resolves.toBeNull();
  });

  it('lets a person have several, and two issuers call two people the same', async () => {
    const [ada, charles] = [await settle.user(world), await settle.user(world)];
    await add(ada);
    await add(ada, `${subject}-2`);
    await add(charles, subject, 'https://other.example.com');
    await expect(world.identities.ownerOf(ISSUER, `${subject}-2`)).resolves.toBe(ada);
    await expect(world.identities.ownerOf('https://other.example.com', subject)).resolves.toBe(charles);
  });

  it('refuses to give an identity to somebody else, or to the same person again', async () => {
    const [ada, charles] = [await settle.user(world), await settle.user(world)];
    await add(ada);
    for (const userId of [charles, ada]) {
      await expect(add(userId)).rejects.toMatchObject({ kind: 'conflict', code: 'CONFLICT' });
    }
    await expect(world.identities.ownerOf(ISSUER, subject)).resolves.toBe(ada);
  });

  it('lets one of many have it that come at once', async () => {
    const people = [await settle.user(world), await settle.user(world), await settle.user(world)];
    const outcomes = await Promise.allSettled(people.map((userId) => add(userId)));
    const winners = people.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    await expect(world.identities.ownerOf(ISSUER, subject)).resolves.toBe(winners[0]);
  });

  it('removes those of one person alone, which may be linked anew', async () => {
    const [ada, charles] = [await settle.user(world), await settle.user(world)];
    await add(ada);
    await add(ada, `${subject}-2`);
    await add(charles, `${subject}-3`);
    await run(() => world.identities.removeOf(ada));
    await expect(world.identities.ownerOf(ISSUER, subject)).resolves.toBeNull();
    await expect(world.identities.ownerOf(ISSUER, `${subject}-2`)).resolves.toBeNull();
    await expect(world.identities.ownerOf(ISSUER, `${subject}-3`)).resolves.toBe(charles);
    await expect(add(charles)).resolves.toBeUndefined();
  });

  it('publishes that an identity was linked, and nothing when it was not', async () => {
    const before = (await world.published()).length;
    const ada = await settle.user(world);
    await add(ada);
    await expect(add(ada)).rejects.toThrow();
    expect((await world.published()).slice(before)).toEqual(['auth.identity-linked']);
  });

  it('forgets what was undone', async () => {
    const ada = await settle.user(world);
    const undone = run(async () => {
      await world.identities.add(Identity.link({ issuer: ISSUER, subject, userId: ada }, NOW));
      throw new Error('afterwards');
    });
    await expect(undone).rejects.toThrow('afterwards');
    await expect(world.identities.ownerOf(ISSUER, subject)).resolves.toBeNull();
  });

  it('needs a unit of work to write', async () => {
    const ada = await settle.user(world);
    const identity = Identity.link({ issuer: ISSUER, subject, userId: ada }, NOW);
    await expect(world.identities.add(identity)).rejects.toThrow('open unit of work');
    await expect(world.identities.removeOf(ada)).rejects.toThrow('open unit of work');
  });
}
