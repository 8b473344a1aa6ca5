import { aUser } from '../../fixtures/aUser';
import { newId, type UserId } from '../../../src/core/domain/Id';
import { EmailAddress } from '../../../src/modules/user/domain/EmailAddress';
import { PersonName } from '../../../src/modules/user/domain/PersonName';
import { Timezone } from '../../../src/modules/user/domain/Timezone';
import { User } from '../../../src/modules/user/domain/User';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';

const NOT_FOUND = { kind: 'not-found', code: 'NOT_FOUND' };
const STALE = { kind: 'conflict', code: 'CONFLICT' };
const EMAIL_TAKEN = { kind: 'conflict', code: 'EMAIL_TAKEN' };

const LATER = new Date('2026-02-03T04:05:06.789Z');

/** What every UserRepository does. */
export function userRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;

  const save = (...users: readonly User[]) =>
    world.unitOfWork.run({}, async () => {
      for (const user of users) await world.users.save(user);
    });

  beforeAll(async () => {
    world = await start();
  });

  afterAll(() => world.stop());

  it('gives back what was saved, to the millisecond', async () => {
    const user = aUser({
      name: PersonName('Ada «Countess» 李 👩‍🚀'),
      bio: 'First line\nsecond line\t"quoted"',
      timezone: Timezone('Europe/London'),
      locale: 'en-GB',
      status: 'inactive',
      emailVerifiedAt: LATER,
      platformAdmin: true,
      createdAt: new Date('2026-01-01T00:00:00.001Z'),
      updatedAt: new Date('2026-01-01T00:00:00.999Z'),
    });
    await save(user);
    const found = await world.users.get(user.state.id);
    expect(found.state).toEqual(user.state);
    expect(found.version).toBe(1);
    expect(found.releaseEvents()).toEqual([]);
  });

  it('gives back what is null as null', async () => {
    const user = aUser({ bio: null, emailVerifiedAt: null });
    await save(user);
    expect((await world.users.get(user.state.id)).state).toEqual(user.state);
  });

  it('keeps a change, under the next version', async () => {
    const { id } = await saved();
    const user = await world.users.get(id);
    user.changeProfile({ bio: 'Enchantress of numbers' }, LATER);
    await save(user);
    const found = await world.users.get(id);
    expect(found.state).toEqual(user.state);
    expect(found.version).toBe(2);
  });

  it('refuses a change to what somebody else has changed since', async () => {
    const { id } = await saved();
    const [first, second] = [await world.users.get(id), await world.users.get(id)];
    first.changeProfile({ bio: 'first' }, LATER);
    second.changeProfile({ bio: 'second' }, LATER);
    await save(first);
    await expect(save(second)).rejects.toMatchObject(STALE);
    expect((await world.users.get(id)).state.bio).toBe('first');
  });

  it('lets one unit of work at a time hold a person', async () => {
    const { id } = await saved({ bio: '' });
    const write = (letter: string) =>
      world.unitOfWork.run({}, async () => {
        const user = await world.users.hold(id);
        user.changeProfile({ bio: `${user.state.bio}${letter}` }, LATER);
        await world.users.save(user);
      });
    await Promise.all([...'abcdefgh'].map(write));
    expect([...((await world.users.get(id)).state.bio ?? '')].sort().join('')).toBe('abcdefgh');
  });

  it('holds nobody by an unknown id', async () => {
    const hold = world.unitOfWork.run({}, () => world.users.hold(newId<UserId>()));
    await expect(hold).rejects.toMatchObject(NOT_FOUND);
  });

  it('refuses a change to what was never saved', async () => {
    await expect(save(aUser({}, 1))).rejects.toMatchObject(STALE);
  });

  it('finds nobody by an unknown id', async () => {
    await expect(world.users.get(newId<UserId>())).rejects.toMatchObject(NOT_FOUND);
  });

  it('finds a person by their address, and nobody by another one', async () => {
    const { id, email } = await saved();
    expect((await world.users.findByEmail(email))?.state.id).toBe(id);
    await expect(world.users.findByEmail(EmailAddress(`x${email}`))).resolves.toBeNull();
  });

  it('takes no like for an address', async () => {
    await saved({ email: EmailAddress('wildcard-a@example.com') });
    await expect(world.users.findByEmail(EmailAddress('wildcard-_@example.com'))).resolves.toBeNull();
  });

  it('refuses a second account for an address, and forgets all of that unit of work', async () => {
    const { email } = await saved();
    const innocent = aUser();
    await expect(save(innocent, aUser({ email }))).rejects.toMatchObject(EMAIL_TAKEN);
    await expect(world.users.get(innocent.state.id)).rejects.toMatchObject(NOT_FOUND);
  });

  it('publishes what happened with the save, in order and once', async () => {
    const before = (await world.published()).length;
    const id = newId<UserId>();
    const user = User.register({ id, email: EmailAddress(`${id}@example.com`), name: PersonName('Ada') }, LATER);
    user.verifyEmail(LATER);
    await save(user);
    await save(await world.users.get(id));
    expect((await world.published()).slice(before)).toEqual(['user.registered', 'user.email-verified']);
  });

  it('publishes nothing of a save that was refused or undone', async () => {
    const { email } = await saved();
    const before = await world.published();
    const register = () => User.register({ id: newId(), email, name: PersonName('Eve') }, LATER);
    await expect(save(register())).rejects.toMatchObject(EMAIL_TAKEN);
    const undone = world.unitOfWork.run({}, async () => {
      const user = await world.users.findByEmail(email);
      user?.changeProfile({ bio: 'undone' }, LATER);
      if (user) await world.users.save(user);
      throw new Error('afterwards');
    });
    await expect(undone).rejects.toThrow('afterwards');
    await expect(world.published()).resolves.toEqual(before);
    expect((await world.users.findByEmail(email))?.state.bio).toBeNull();
  });

  it('tells an account as a view', async () => {
    const { id, email } = await saved({ emailVerifiedAt: null });
    await expect(world.userQueries.account(id)).resolves.toMatchObject({
      id,
      email,
      avatarUrl: null,
      emailVerified: false,
    });
    await expect(world.userQueries.account(newId())).rejects.toMatchObject(NOT_FOUND);
  });

  async function saved(state: Parameters<typeof aUser>[0] = {}): Promise<User['state']> {
    const user = aUser(state);
    await save(user);
    return user.state;
  }
}
