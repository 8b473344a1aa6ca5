import { aSession } from '../../../../../tests/fixtures/aSession';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { AccessChange } from '../../../../core/application/AccessChanges';
import type { UserActor } from '../../../../core/domain/Actor';
import { AnnounceAccessOnSessionEnded } from '../../application/AnnounceAccessOnSessionEnded';
import { Logout } from '../../application/Logout';
import { sessionEnded } from '../../domain/events';

describe('Logout', () => {
  let platform: InMemoryPlatform;
  let ada: UserActor;
  let logout: Logout;

  const openSession = async () => {
    const session = aSession({ userId: ada.userId });
    await platform.unitOfWork.run({}, () => platform.sessions.save(session));
    return session.state.id;
  };

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    ada = await platform.addUser();
    ada = { ...ada, sessionId: await openSession() };
    logout = new Logout(platform.sessions, platform.unitOfWork, platform.clock);
  });

  it('ends the session of the request, and no other one', async () => {
    const other = await openSession();
    await logout.execute(ada);
    expect((await platform.sessions.get(ada.sessionId)).state.revokedAt).toEqual(platform.clock.now());
    expect((await platform.sessions.get(other)).state.revokedAt).toBeNull();
    const { userId, sessionId } = ada;
    expect(platform.eventBus.of(sessionEnded)).toMatchObject([{ facts: { userId, sessionId, reason: 'signed-out' } }]);
  });

  it('again changes nothing', async () => {
    await logout.execute(ada);
    platform.clock.advance(1_000);
    await logout.execute(ada);
    expect(platform.eventBus.of(sessionEnded)).toHaveLength(1);
    expect((await platform.sessions.get(ada.sessionId)).state.revokedAt).not.toEqual(platform.clock.now());
  });
});

describe('AnnounceAccessOnSessionEnded', () => {
  it('has every node close the session, with the commit that ended it', async () => {
    const { accessChanges, unitOfWork, clock, ...platform } = new InMemoryPlatform();
    const announced: AccessChange[] = [];
    accessChanges.onChange((change) => announced.push(change));
    const { userId, id: sessionId } = aSession().state;
    const handler = new AnnounceAccessOnSessionEnded(accessChanges);
    expect(handler).toMatchObject({
      name: 'auth.announce-access-on-session-ended',
      on: sessionEnded,
      delivery: 'transactional',
    });
    await unitOfWork.run({}, async () => {
      await handler.handle(sessionEnded({ at: clock.now() }, { userId, sessionId, reason: 'signed-out' }));
      expect(announced).toEqual([]);
    });
    expect(announced).toEqual([{ userId, sessionId }]);
    expect(platform.mailer.sent).toEqual([]);
  });
});
