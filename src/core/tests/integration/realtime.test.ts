import { setTimeout as pause } from 'node:timers/promises';
import type { Server } from 'socket.io';
import { gate } from '../../../../tests/support/gate';
import { eventually } from '../../../../tests/support/eventually';
import { holdEvent } from '../../../../tests/support/holdEvent';
import { noteModule } from '../../../../tests/support/noteModule';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../tests/support/people';
import { modules } from '../../../../tests/support/platformModules';
import { SocketClient } from '../../../../tests/support/SocketClient';
import { TestPlatform } from '../../../../tests/support/testPlatform';
import type { EventBus } from '../../application/EventBus';
import { isLater, parseCursor } from '../../application/EventCursor';
import type { UnitOfWork } from '../../application/UnitOfWork';
import { defineEvent } from '../../domain/DomainEvent';
import type { UserId, WorkspaceId } from '../../domain/Id';

const lampLit = defineEvent<{ number: number }>('lamp.lit', { socket: 'lamp:lit' });
const lampGiven = defineEvent<{ userId: UserId; number: number }>('lamp.given', {
  socket: 'lamp:given',
  audience: 'person',
});
const lampGuarded = defineEvent<{ number: number }>('lamp.guarded', {
  socket: 'lamp:guarded',
  permission: 'audit.read',
});
const lampHidden = defineEvent<{ number: number }>('lamp.hidden');

describe('A client that was away', () => {
  let platform: TestPlatform;
  let eventBus: EventBus;
  let unitOfWork: UnitOfWork;
  let owner: Person;
  let workspaceId: WorkspaceId;
  let sockets: SocketClient[];

  beforeAll(async () => {
    const lamps = noteModule({ events: [lampLit, lampGiven, lampGuarded, lampHidden] });
    platform = await TestPlatform.start({ modules: [...modules, lamps] });
    eventBus = platform.service('eventBus');
    unitOfWork = platform.service('unitOfWork');
    owner = await signUp(platform);
  });

  beforeEach(async () => {
    sockets = [];
    workspaceId = (await makeWorkspace(owner)) as WorkspaceId;
  });

  afterEach(() => {
    for (const socket of sockets) socket.disconnect();
  });

  afterAll(() => platform.stop());

  const connect = async (auth: object = {}): Promise<SocketClient> => {
    const socket = await SocketClient.connect(platform.address, { token: owner.accessToken, ...auth });
    sockets.push(socket);
    return socket;
  };

  /** Lights lamps in one transaction, which ends once `until` does. */
  const light = (numbers: readonly number[], until: Promise<unknown> = Promise.resolve()): Promise<void> =>
    unitOfWork.run({ workspaceId }, async () => {
      await eventBus.publish(numbers.map((number) => lampLit({ workspaceId, at: new Date() }, { number })));
      await until;
    });

  const lit = (socket: SocketClient): number[] => socket.told('lamp:lit').map(({ number }) => number);

  /** What the log holds, in its order. */
  const logged = async (): Promise<number[]> => {
    const rows = await platform.query<{ number: number }>(
      `SELECT (facts->>'number')::int AS number FROM events
       WHERE workspace_id = $1 AND type = 'lamp.lit' ORDER BY transaction_id, position`,
      [workspaceId],
    );
    return rows.map(({ number }) => number);
  };

  const cursorNow = async (): Promise<string> => {
    const { cursor } = await (await connect()).send('workspace:join', { workspaceId });
    return cursor;
  };

  const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

  /** Twenty writers, each with transactions of any length; resolves when all are committed. */
  async function write(from: number, transactions: number): Promise<void> {
    const writer = async (start: number): Promise<void> => {
      for (let turn = 0; turn < transactions; turn += 1) {
        const number = start + turn * 3;
        const others = pause(Math.random() * 20);
        await light(range(number, number + 1 + (turn % 3)), others);
      }
    };
    await Promise.all(range(0, 20).map((index) => writer(from + index * 1000)));
  }

  it('hears all it missed, in order and once, and goes on without a gap while others write', async () => {
    const after = await cursorNow();
    await light(range(0, 500));
    const writing = write(1_000, 8);
    const witness = await connect({ workspaceId });
    const before = new Set(await logged());
    const [resumed, joined] = [await connect({ workspaceId, after }), await connect()];
    const answer = await joined.send('workspace:join', { workspaceId, after });
    expect(answer).toEqual({ ok: true, workspaceId, cursor: expect.any(String) });
    await writing;
    await light([-1]);
    const all = await logged();
    expect(all.length).toBeGreaterThan(800);
    for (const socket of [resumed, joined]) await eventually(() => expect(lit(socket).at(-1)).toBe(-1));
    expect(lit(resumed)).toEqual(all);
    expect(lit(joined)).toEqual(all);
    await eventually(() => expect(lit(witness).at(-1)).toBe(-1));
    // Whoever brings no cursor misses what was committed before, and nothing since.
    const heard = new Set(lit(witness));
    expect(lit(witness)).toEqual(all.filter((number) => heard.has(number)));
    expect(all.filter((number) => !heard.has(number) && !before.has(number))).toEqual([]);
    const cursors = resumed.told('lamp:lit').map(({ cursor }) => parseCursor(cursor) ?? ([0n, 0n] as const));
    for (const [index, cursor] of cursors.slice(1).entries())
      expect(isLater(cursor, cursors[index] ?? cursor)).toBe(true);
  });

  it('can stop anywhere and go on from there, any number of times', async () => {
    let after = await cursorNow();
    const writing = write(1_000, 6);
    const heard: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      const socket = await connect({ workspaceId, after });
      // In the end there is nothing left to hear.
      await eventually(() => expect(lit(socket)).not.toEqual([]), { within: 500 }).catch(() => {});
      socket.disconnect();
      heard.push(...lit(socket));
      after = socket.told('lamp:lit').at(-1)?.cursor ?? after;
      if (turn === 6) await writing;
    }
    await light([-1]);
    const last = await connect({ workspaceId, after });
    await eventually(() => expect(lit(last).at(-1)).toBe(-1));
    expect([...heard, ...lit(last)]).toEqual(await logged());
  });

  it('hears nothing that an older, open transaction may still come before, and then both in their order', async () => {
    const after = await cursorNow();
    const [begun, released] = [gate(), gate()];
    const older = unitOfWork.run({ workspaceId }, async () => {
      await eventBus.publish([lampLit({ workspaceId, at: new Date() }, { number: 1 })]);
      begun.open();
      await released.passed;
    });
    await begun.passed;
    const witness = await connect({ workspaceId });
    await light([2]);
    const resumed = await connect({ workspaceId, after });
    await resumed.send('presence:list', { workspaceId });
    expect([lit(witness), lit(resumed)]).toEqual([[], []]);
    released.open();
    await older;
    for (const socket of [witness, resumed]) await eventually(() => expect(lit(socket)).toEqual([1, 2]));
  });

  it('hears nothing that was committed before it came without a cursor, though the log could not be read on', async () => {
    const given = (number: number) =>
      lampGiven({ workspaceId, at: new Date() }, { userId: owner.id as UserId, number });
    const [begun, released] = [gate(), gate()];
    const older = unitOfWork.run({ workspaceId }, async () => {
      await eventBus.publish([lampHidden({ workspaceId, at: new Date() }, { number: 0 })]);
      begun.open();
      await released.passed;
    });
    await begun.passed;
    await light([1]);
    await unitOfWork.run({ workspaceId }, () => eventBus.publish([given(2)]));
    const socket = await connect({ workspaceId });
    released.open();
    await older;
    await light([3]);
    await unitOfWork.run({ workspaceId }, () => eventBus.publish([given(4)]));
    await eventually(() => expect(socket.heard.map(({ facts }) => facts.number)).toEqual([3, 4]));
  });

  it('hears what was for this person alone, and nothing that was for others or for nobody', async () => {
    const after = await cursorNow();
    const other = await signUp(platform);
    await unitOfWork.run({ workspaceId }, () =>
      eventBus.publish([
        lampGiven({ workspaceId, at: new Date() }, { userId: owner.id as UserId, number: 1 }),
        lampGiven({ workspaceId, at: new Date() }, { userId: other.id as UserId, number: 2 }),
        lampHidden({ workspaceId, at: new Date() }, { number: 3 }),
        lampLit({ workspaceId, at: new Date() }, { number: 4 }),
      ]),
    );
    const socket = await connect({ workspaceId, after });
    await eventually(() => expect(lit(socket)).toEqual([4]));
    expect(socket.heard.map(({ facts }) => facts.number)).toEqual([1, 4]);
  });

  it('hears what takes a permission while it is held, live and afterwards, and no more', async () => {
    const after = await cursorNow();
    const member = await addMember(platform, owner, workspaceId);
    const lightBoth = (number: number) =>
      unitOfWork.run({ workspaceId }, () =>
        eventBus.publish([
          lampGuarded({ workspaceId, at: new Date() }, { number }),
          lampLit({ workspaceId, at: new Date() }, { number }),
        ]),
      );
    const become = (...roles: string[]) =>
      owner.api.put(`/workspaces/${workspaceId}/members/${member.id}/roles`, { roles });
    const guarded = (socket: SocketClient): number[] => socket.told('lamp:guarded').map(({ number }) => number);
    const token = member.accessToken;
    const [shaken, joined] = [await connect({ token, workspaceId }), await connect({ token })];
    await joined.send('workspace:join', { workspaceId });
    const lightUntil = (number: number, heard: number[]) =>
      eventually(async () => {
        await lightBoth(number);
        await eventually(() => expect(lit(shaken).at(-1)).toBe(number));
        for (const socket of [shaken, joined]) expect([...new Set(guarded(socket))]).toEqual(heard);
      });
    await lightUntil(1, []);
    await become('admin');
    await lightUntil(2, [2]);
    const resumed = await connect({ token, workspaceId, after });
    await eventually(() => expect(lit(resumed).at(-1)).toBe(2));
    expect(guarded(resumed)).toContain(1);
    await become('member');
    await eventually(async () => {
      const before = guarded(shaken).length;
      await lightBoth(3);
      await eventually(() => expect(lit(shaken).at(-1)).toBe(3));
      expect(guarded(shaken)).toHaveLength(before);
    });
    const late = await connect({ token, workspaceId, after });
    await eventually(() => expect(lit(late).at(-1)).toBe(3));
    expect(guarded(late)).toEqual([]);
  });

  it.each<[string, () => string]>([
    ['no cursor', () => 'yesterday'],
    ['one beyond all', () => '99999999999.1'],
    ['one that no database could hold', () => '99999999999999999999.1'],
  ])('is told to read anew with %s, and is live', async (_what, after) => {
    const resumed = await connect({ workspaceId, after: after() });
    await eventually(() =>
      expect(resumed.told('workspace:resync')).toEqual([{ workspaceId, cursor: expect.any(String) }]),
    );
    const joined = await connect();
    const answer = await joined.send('workspace:join', { workspaceId, after: after() });
    expect(answer).toEqual({ ok: true, workspaceId, cursor: expect.any(String), resync: true });
    await light([1]);
    for (const socket of [resumed, joined]) await eventually(() => expect(lit(socket)).toEqual([1]));
  });

  it('is told to read anew when it was away for more than seven days', async () => {
    const after = await cursorNow();
    await light([1]);
    const age = (days: number) =>
      platform.query(`UPDATE events SET occurred_at = now() - $2::int * interval '1 day' WHERE workspace_id = $1`, [
        workspaceId,
        days,
      ]);
    await age(6);
    const socket = await connect();
    expect(await socket.send('workspace:join', { workspaceId, after })).not.toHaveProperty('resync');
    await eventually(() => expect(lit(socket)).toEqual([1]));
    await age(8);
    expect(await socket.send('workspace:join', { workspaceId, after })).toMatchObject({ resync: true });
    expect(lit(socket)).toEqual([1]);
  });

  it('hears what happened while it was in, though it is told later, and no more than it might', async () => {
    const member = await addMember(platform, owner, workspaceId);
    const socket = await connect({ token: member.accessToken, workspaceId });
    const witness = await connect({ workspaceId });
    const names = () => socket.heard.map(({ name }) => name).filter((name) => name !== 'presence:changed');
    const commit = await holdEvent(platform.database, workspaceId, 'lamp.hidden');
    await light([1]);
    await unitOfWork.run({ workspaceId }, () =>
      eventBus.publish([lampGuarded({ workspaceId, at: new Date() }, { number: 2 })]),
    );
    await owner.api.delete(`/workspaces/${workspaceId}/members/${member.id}`);
    const server = platform.service<Server>('socketServer');
    await eventually(async () => expect(await server.in(`workspace:${workspaceId}`).fetchSockets()).toHaveLength(1));
    await light([3]);
    expect(names()).toEqual([]);
    await commit();
    await eventually(() => expect(lit(witness)).toEqual([1, 3]));
    expect(names()).toEqual(['lamp:lit', 'workspace:member:left']);
  });

  it('hears nothing of a workspace it has no part in', async () => {
    const after = await cursorNow();
    await light([1]);
    const { accessToken: token } = await signUp(platform);
    await expect(connect({ token, workspaceId, after })).rejects.toMatchObject({ problem: { code: 'NOT_FOUND' } });
    const stranger = await connect({ token });
    const answer = await stranger.send('workspace:join', { workspaceId, after });
    expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(stranger.heard).toEqual([]);
  });
});
