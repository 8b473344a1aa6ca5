import { aSession } from '../../../../../tests/fixtures/aSession';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { UserActor } from '../../../../core/domain/Actor';
import { newId, type SessionId } from '../../../../core/domain/Id';
import { LogoutEverywhere } from '../../application/LogoutEverywhere';
import { RevokeSession } from '../../application/RevokeSession';
import { sessionEnded } from '../../domain/events';

const NOT_FOUND = { kind: 'not-found', code: 'NOT_FOUND' };

describe('The sessions of a person', () => {
  let platform: InMemoryPlatform;
  let ada: UserActor;
  let phone: SessionId;

  const openSession = async ({ userId }: Pick<UserActor, 'userId'>, id = newId<SessionId>()): Promise<SessionId> => {
    await platform.unitOfWork.run({}, () => platform.sessions.save(aSession({ id, userId })));
    return id;
  };

  const revokedAt = async (id: SessionId) => (await platform.sessions.get(id)).state.revokedAt;

  /** What was announced of ends: which session, and why. */
  const ends = () => platform.eventBus.of(sessionEnded).map(({ facts }) => [facts.sessionId, facts.reason]);

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    ada = await platform.addUser();
    await openSession(ada, ada.sessionId);
    phone = await openSession(ada);
  });

  describe('end together', () => {
    const end = (except?: SessionId) =>
      platform.unitOfWork.run({}, () => platform.endSessions.of(ada.userId, 'password-changed', except));

    it('each for the reason that is given', async () => {
      await end();
      for (const id of [ada.sessionId, phone]) await expect(revokedAt(id)).resolves.toEqual(platform.clock.now());
      expect(ends()).toEqual([
        [ada.sessionId, 'password-changed'],
        [phone, 'password-changed'],
      ]);
    });

    it('but for the one that is named', async () => {
      await end(ada.sessionId);
      await expect(revokedAt(ada.sessionId)).resolves.toBeNull();
      expect(ends()).toEqual([[phone, 'password-changed']]);
    });

    it('and those that ended before stay as they are', async () => {
      await end(ada.sessionId);
      const before = await revokedAt(phone);
      platform.clock.advance(1_000);
      await end();
      await expect(revokedAt(phone)).resolves.toEqual(before);
      expect(ends()).toHaveLength(2);
    });

    it('and nobody else’s', async () => {
      const theirs = await openSession(await platform.addUser());
      await end();
      await expect(revokedAt(theirs)).resolves.toBeNull();
    });

    it('or not at all, when the unit of work fails', async () => {
      const failing = platform.unitOfWork.run({}, async () => {
        await platform.endSessions.of(ada.userId, 'account-closed');
        throw new Error('afterwards');
      });
      await expect(failing).rejects.toThrow('afterwards');
      await expect(revokedAt(phone)).resolves.toBeNull();
      expect(ends()).toEqual([]);
    });
  });

  it('all end when the person signs out everywhere, and nobody else’s do', async () => {
    const theirs = await openSession(await platform.addUser());
    await new LogoutEverywhere(platform.endSessions, platform.unitOfWork).execute(ada);
    expect(ends()).toEqual([
      [ada.sessionId, 'signed-out-everywhere'],
      [phone, 'signed-out-everywhere'],
    ]);
    await expect(revokedAt(theirs)).resolves.toBeNull();
  });

  describe('end one by one', () => {
    let revokeSession: RevokeSession;

    beforeEach(() => {
      revokeSession = new RevokeSession(platform.sessions, platform.unitOfWork, platform.clock);
    });

    it('by any other of them, or by itself', async () => {
      await revokeSession.execute(ada, { sessionId: phone });
      await expect(revokedAt(ada.sessionId)).resolves.toBeNull();
      await revokeSession.execute(ada, { sessionId: ada.sessionId });
      expect(ends()).toEqual([
        [phone, 'revoked'],
        [ada.sessionId, 'revoked'],
      ]);
    });

    it('once: again changes nothing', async () => {
      await revokeSession.execute(ada, { sessionId: phone });
      await revokeSession.execute(ada, { sessionId: phone });
      expect(ends()).toHaveLength(1);
    });

    it('and never by somebody else, who is told the same as of a session that there is not', async () => {
      const eve = await platform.addUser();
      await expect(revokeSession.execute(eve, { sessionId: phone })).rejects.toMatchObject(NOT_FOUND);
      await expect(revokeSession.execute(eve, { sessionId: newId() })).rejects.toMatchObject(NOT_FOUND);
      await expect(revokedAt(phone)).resolves.toBeNull();
      expect(ends()).toEqual([]);
    });
  });
});
