import { aUser } from '../../../../../tests/fixtures/aUser';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { newId, type UserId } from '../../../../core/domain/Id';
import { EmailAddress } from '../../domain/EmailAddress';
import { PersonName } from '../../domain/PersonName';
import { Timezone } from '../../domain/Timezone';
import { User } from '../../domain/User';

const LATER = new Date(NOW.getTime() + 60_000);

describe('A person', () => {
  describe('who registers', () => {
    const id = newId<UserId>();
    const user = User.register({ id, email: EmailAddress('ada@example.com'), name: PersonName('Ada') }, NOW);

    it('has an active account whose address is not proven yet', () => {
      expect(user.version).toBe(0);
      expect(user.state).toEqual({
        id,
        email: 'ada@example.com',
        name: 'Ada',
        bio: null,
        timezone: 'UTC',
        locale: 'en',
        status: 'active',
        platformAdmin: false,
        emailVerifiedAt: null,
        createdAt: NOW,
        updatedAt: NOW,
      });
    });

    it('is announced, without the address', () => {
      expect(user.releaseEvents()).toEqual([
        expect.objectContaining({
          type: 'user.registered',
          workspaceId: null,
          actorId: id,
          occurredAt: NOW,
          facts: { userId: id },
        }),
      ]);
    });
  });

  it('comes back from the database as they were, and unannounced', () => {
    const { state } = aUser({ bio: 'Enchantress of numbers' });
    const user = User.restore(state, 3);
    expect(user.state).toEqual(state);
    expect(user.version).toBe(3);
    expect(user.releaseEvents()).toEqual([]);
  });

  describe('who proves their address', () => {
    it('has it proven from then on, and that is announced', () => {
      const user = aUser({ emailVerifiedAt: null });
      user.verifyEmail(LATER);
      expect(user.state).toMatchObject({ emailVerifiedAt: LATER, updatedAt: LATER, createdAt: NOW });
      expect(user.releaseEvents()).toEqual([
        expect.objectContaining({ type: 'user.email-verified', actorId: user.state.id, occurredAt: LATER }),
      ]);
    });

    it('again changes nothing', () => {
      const user = aUser({ emailVerifiedAt: NOW });
      const before = user.state;
      user.verifyEmail(LATER);
      expect(user.state).toBe(before);
      expect(user.releaseEvents()).toEqual([]);
    });
  });

  describe('who changes their profile', () => {
    it('keeps what they do not name', () => {
      const user = aUser({ name: PersonName('Ada'), bio: 'Countess', locale: 'en' });
      user.changeProfile({ name: PersonName('Ada Lovelace'), timezone: Timezone('Europe/London') }, LATER);
      expect(user.state).toMatchObject({
        name: 'Ada Lovelace',
        timezone: 'Europe/London',
        bio: 'Countess',
        locale: 'en',
        updatedAt: LATER,
      });
    });

    it('is announced with the names of what changed, and not with the words', () => {
      const user = aUser({ bio: null, locale: 'en' });
      user.changeProfile({ bio: 'a secret', locale: 'en' }, LATER);
      const [event] = user.releaseEvents();
      expect(event).toMatchObject({
        type: 'user.profile-changed',
        actorId: user.state.id,
        occurredAt: LATER,
        facts: { userId: user.state.id, changed: ['bio'] },
      });
      expect(JSON.stringify(event)).not.toContain('a secret');
    });

    it('can take their bio away', () => {
      const user = aUser({ bio: 'Countess' });
      user.changeProfile({ bio: null }, LATER);
      expect(user.state.bio).toBeNull();
      expect(user.releaseEvents()).toHaveLength(1);
    });

    it.each([{}, { bio: null }, { name: PersonName('Ada Lovelace'), locale: 'en' }])(
      'to what it is already, %j, changes nothing',
      (changes) => {
        const user = aUser({ name: PersonName('Ada Lovelace'), bio: null, locale: 'en' });
        const before = user.state;
        user.changeProfile(changes, LATER);
        expect(user.state).toBe(before);
        expect(user.releaseEvents()).toEqual([]);
      },
    );
  });

  describe('who is made a platform admin', () => {
    it('is one from then on, and that is announced as nobody’s doing', () => {
      const user = aUser();
      user.makePlatformAdmin(LATER);
      expect(user.state).toMatchObject({ platformAdmin: true, updatedAt: LATER });
      expect(user.releaseEvents()).toEqual([
        expect.objectContaining({ actorId: null, occurredAt: LATER, facts: { userId: user.state.id } }),
      ]);
    });

    it('again changes nothing', () => {
      const user = aUser({ platformAdmin: true });
      const before = user.state;
      user.makePlatformAdmin(LATER);
      expect(user.state).toBe(before);
      expect(user.releaseEvents()).toEqual([]);
    });
  });

  describe('who signs in', () => {
    it('may, with an active account', () => {
      expect(() => aUser({ status: 'active' }).assertMaySignIn()).not.toThrow();
    });

    it.each([
      ['inactive', 'ACCOUNT_INACTIVE'],
      ['banned', 'ACCOUNT_BANNED'],
    ] as const)('is refused while the account is %s', (status, code) => {
      const refusal = expect.objectContaining({ kind: 'forbidden', code });
      expect(() => aUser({ status }).assertMaySignIn()).toThrow(refusal);
    });
  });
});
