import { aSession } from '../../fixtures/aSession';
import { newId, type SessionId, type UserId } from '../../../src/core/domain/Id';
import { Session, type SessionState } from '../../../src/modules/auth/domain/Session';
import { settle } from '../settle';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';

const NOT_FOUND = { kind: 'not-found', code: 'NOT_FOUND' };
const STALE = { kind: 'conflict', code: 'CONFLICT' };

const NOW = new Date('2026-01-15T12:00:00.123Z');

/** What every SessionRepository does. */
export function sessionRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;
  let userId: UserId;

  const run = <Result>(work: () => Promise<Result>) => world.unitOfWork.run({}, work);
  const save = (session: Session) => run(() => world.sessions.save(session));
  const get = (id: SessionId) => run(() => world.sessions.get(id));

  const saved = async (state: Partial<SessionState> = {}): Promise<SessionState> => {
    const session = aSession({ userId, ...state });
    await save(session);
    return session.state;
  };

  beforeAll(async () => {
    world = await start();
    userId = await settle.user(world);
  });

  afterAll(() => world.stop());

  it.each([null, new Date('2026-01-03T00:00:00.003Z')])('gives back what was saved, ended at %p', async (revokedAt) => {
    const state = await saved({
      ip: '2001:db8::1',
      userAgent: 'Mozilla/5.0 (“quoted”; 李)',
      createdAt: new Date('2026-01-01T00:00:00.001Z'),
      lastUsedAt: new Date('2026-01-02T00:00:00.002Z'),
      expiresAt: new Date('2026-02-01T00:00:00.999Z'),
      revokedAt,
    });
    const found = await get(state.id);
    expect(found.state).toEqual(state);
    expect(found.version).toBe(1);
    expect(found.releaseEvents()).toEqual([]);
  });

  it('keeps a change under the next version, and refuses one that is out of date', async () => {
    const { id } = await saved();
    const [first, second] = [await get(id), await get(id)];
    first.refresh(1_000, NOW);
    second.end('signed-out', NOW);
    await save(first);
    await expect(save(second)).rejects.toMatchObject(STALE);
    const found = await get(id);
    expect(found.state).toEqual(first.state);
    expect(found.version).toBe(2);
    await expect(save(aSession({ userId }, 1))).rejects.toMatchObject(STALE);
  });

  it('finds none by an unknown id', async () => {
    await expect(get(newId())).rejects.toMatchObject(NOT_FOUND);
  });

  it('lets one unit of work at a time hold a session', async () => {
    const { id, expiresAt } = await saved();
    const extend = () =>
      run(async () => {
        const session = await world.sessions.get(id);
        session.refresh(session.state.expiresAt.getTime() - NOW.getTime() + 1, NOW);
        await world.sessions.save(session);
      });
    await Promise.all([extend(), extend(), extend()]);
    expect((await get(id)).state.expiresAt).toEqual(new Date(expiresAt.getTime() + 3));
  });

  it('publishes what happened with the save, and nothing of one that was refused', async () => {
    const before = (await world.published()).length;
    const id = newId<SessionId>();
    await save(Session.start({ id, userId, ip: '::1', userAgent: '' }, 1_000, NOW));
    const [session, stale] = [await get(id), await get(id)];
    session.end('token-reused', NOW);
    stale.end('signed-out', NOW);
    await save(session);
    await expect(save(stale)).rejects.toMatchObject(STALE);
    expect((await world.published()).slice(before)).toEqual(['auth.signed-in', 'auth.session-ended']);
  });
  describe('knows the sessions of a person', () => {
    let person: UserId;

    const openOf = () => run(() => world.sessions.openOf(person));
    const ids = (sessions: readonly Session[]) => sessions.map(({ state }) => state.id);

    /** Ends whatever is open, and answers what that was. */
    const endAll = () =>
      run(async () => {
        const sessions = await world.sessions.openOf(person);
        for (const session of sessions) {
          session.end('revoked', NOW);
          await world.sessions.save(session);
        }
        return ids(sessions);
      });

    beforeEach(async () => {
      person = await settle.user(world);
    });

    it('that were not ended, in one order whichever came first, and nobody else’s', async () => {
      const [first, second, third] = [newId<SessionId>(), newId<SessionId>(), newId<SessionId>()];
      const ended = await saved({ userId: person, revokedAt: NOW });
      for (const id of [third, first, second]) await saved({ userId: person, id });
      await saved();
      const found = await openOf();
      expect(ids(found)).toEqual([first, second, third]);
      expect(ids(found)).not.toContain(ended.id);
      expect(found.map(({ version }) => version)).toEqual([1, 1, 1]);
    });

    it('as they were saved', async () => {
      const state = await saved({ userId: person, expiresAt: new Date('2026-01-01T00:00:00.001Z') });
      expect((await openOf()).map((session) => session.state)).toEqual([state]);
    });

    it('of whom there are none', async () => {
      await expect(openOf()).resolves.toEqual([]);
    });

    it('and holds them against all others until the unit of work ends', async () => {
      const [one, two] = [await saved({ userId: person }), await saved({ userId: person })];
      const outcomes = await Promise.all([endAll(), endAll(), endAll()]);
      expect(outcomes.filter((ended) => ended.length > 0)).toEqual([[one.id, two.id]]);
      await expect(openOf()).resolves.toEqual([]);
    });

    it('and holds them against whoever wants one of them', async () => {
      const { id } = await saved({ userId: person });
      const before = (await world.published()).length;
      const endOne = run(async () => {
        const session = await world.sessions.get(id);
        session.end('signed-out', NOW);
        await world.sessions.save(session);
      });
      await expect(Promise.all([endOne, endAll()])).resolves.toBeDefined();
      expect((await get(id)).state.revokedAt).toEqual(NOW);
      expect((await world.published()).slice(before)).toEqual(['auth.session-ended']);
    });
  });
}
