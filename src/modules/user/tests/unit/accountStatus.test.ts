import { aUser } from '../../../../../tests/fixtures/aUser';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { newId, type UserId } from '../../../../core/domain/Id';

const LATER = new Date(NOW.getTime() + 60_000);

describe('An account', () => {
  const by = newId<UserId>();

  it('is suspended by somebody, for a reason, and that is announced', () => {
    const user = aUser();
    user.changeStatus({ to: 'banned', by, reason: 'spam' }, LATER);
    expect(user.state).toMatchObject({ status: 'banned', updatedAt: LATER });
    expect(user.releaseEvents()).toEqual([
      expect.objectContaining({
        type: 'user.status-changed',
        workspaceId: null,
        actorId: by,
        occurredAt: LATER,
        facts: { userId: user.state.id, from: 'active', to: 'banned', reason: 'spam' },
      }),
    ]);
  });

  it('is not suspended twice', () => {
    const user = aUser({ status: 'inactive' });
    const before = user.state;
    user.changeStatus({ to: 'inactive', by, reason: null }, LATER);
    expect(user.state).toBe(before);
    expect(user.releaseEvents()).toEqual([]);
  });

  it('that is closed tells nothing about the person, and lets nobody in', () => {
    const user = aUser({ bio: 'Countess', locale: 'en-GB', platformAdmin: true });
    const { id, createdAt } = user.state;
    expect(user.isClosed).toBe(false);
    expect(() => user.assertNotClosed()).not.toThrow();
    user.close(LATER);
    expect(user.isClosed).toBe(true);
    expect(() => user.assertNotClosed()).toThrow(expect.objectContaining({ code: 'SESSION_REVOKED' }));
    expect(user.state).toEqual({
      id,
      email: `deleted-${id}@deleted.invalid`,
      name: 'Deleted user',
      bio: null,
      timezone: 'UTC',
      locale: 'en',
      status: 'inactive',
      emailVerifiedAt: null,
      platformAdmin: false,
      createdAt,
      updatedAt: LATER,
    });
    expect(() => user.assertMaySignIn()).toThrow(expect.objectContaining({ code: 'ACCOUNT_INACTIVE' }));
    expect(user.releaseEvents()).toEqual([
      expect.objectContaining({ type: 'user.account-closed', actorId: id, facts: { userId: id } }),
    ]);
  });
});
