import { anActor } from '../../../../../tests/fixtures/anActor';
import { aUser } from '../../../../../tests/fixtures/aUser';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import { NotFoundError } from '../../../../core/errors/NotFoundError';
import { UpdateProfile } from '../../application/UpdateProfile';
import { PersonName } from '../../domain/PersonName';

describe('UpdateProfile', () => {
  let platform: InMemoryPlatform;
  let updateProfile: UpdateProfile;

  beforeEach(() => {
    platform = new InMemoryPlatform();
    updateProfile = new UpdateProfile(platform.users, platform.unitOfWork, platform.clock);
  });

  it('changes the profile of the person who asks, of nobody else, and announces it', async () => {
    const ada = await platform.addUser({ name: PersonName('Ada') });
    const charles = await platform.addUser({ name: PersonName('Charles') });
    platform.clock.advance(5_000);

    await updateProfile.execute(ada, { name: PersonName('Ada Lovelace') });

    const { state } = await platform.users.get(ada.userId);
    expect(state).toMatchObject({ name: 'Ada Lovelace', updatedAt: platform.clock.now() });
    expect((await platform.users.get(charles.userId)).state.name).toBe('Charles');
    expect(platform.eventBus.types()).toEqual(['user.profile-changed']);
  });

  it('announces nothing when nothing changes', async () => {
    const ada = await platform.addUser({ name: PersonName('Ada') });
    await updateProfile.execute(ada, { name: PersonName('Ada') });
    expect(platform.eventBus.types()).toEqual([]);
  });

  it('keeps the later of two changes made at the same time', async () => {
    const ada = await platform.addUser();
    await Promise.all([
      updateProfile.execute(ada, { bio: 'first' }),
      updateProfile.execute(ada, { name: PersonName('Countess') }),
    ]);
    expect((await platform.users.get(ada.userId)).state).toMatchObject({ bio: 'first', name: 'Countess' });
  });

  it('finds nobody behind an account that is gone, and announces nothing', async () => {
    const { id: userId } = aUser().state;
    await expect(updateProfile.execute(anActor({ userId }), { bio: 'x' })).rejects.toThrow(NotFoundError);
    expect(platform.eventBus.types()).toEqual([]);
  });
});
