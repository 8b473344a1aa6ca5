import { aSession } from '../../../../../tests/fixtures/aSession';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { UserActor } from '../../../../core/domain/Actor';
import { newId } from '../../../../core/domain/Id';
import type { UserStatus } from '../../../user';
import { ChangeAccountStatus } from '../../application/ChangeAccountStatus';
import { EndSessions } from '../../application/EndSessions';

describe('ChangeAccountStatus', () => {
  let platform: InMemoryPlatform;
  let admin: UserActor;
  let ada: UserActor;
  let change: (userId: UserActor['userId'], status: UserStatus, reason?: string) => Promise<void>;

  const openSessions = ({ userId }: UserActor) =>
    platform.unitOfWork.run({}, async () => (await platform.sessions.openOf(userId)).length);

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    [admin, ada] = [await platform.addUser({ platformAdmin: true }), await platform.addUser()];
    const { users, sessions, unitOfWork, clock } = platform;
    for (const { userId } of [admin, ada]) {
      await unitOfWork.run({}, () => sessions.save(aSession({ userId })));
    }
    const useCase = new ChangeAccountStatus(users, new EndSessions(sessions, clock), unitOfWork, clock);
    change = (userId, status, reason) => useCase.execute(admin, { userId, status, ...(reason && { reason }) });
  });

  it.each(['inactive', 'banned'] as const)('ends the sessions of an account that becomes %s', async (status) => {
    await change(ada.userId, status, 'spam');
    expect((await platform.users.get(ada.userId)).state.status).toBe(status);
    await expect(openSessions(ada)).resolves.toBe(0);
    await expect(openSessions(admin)).resolves.toBe(1);
    expect(platform.eventBus.types()).toEqual(['user.status-changed', 'auth.session-ended']);
  });

  it('ends none when it lets somebody sign in again', async () => {
    await change(ada.userId, 'banned');
    await change(ada.userId, 'active');
    expect((await platform.users.get(ada.userId)).state.status).toBe('active');
    expect(platform.eventBus.types().filter((type) => type === 'auth.session-ended')).toHaveLength(1);
  });

  it('refuses one’s own account, and finds none that there is not', async () => {
    await expect(change(admin.userId, 'inactive')).rejects.toMatchObject({ code: 'ROLE_ESCALATION' });
    await expect(change(newId(), 'banned')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(platform.eventBus.types()).toEqual([]);
  });
});
