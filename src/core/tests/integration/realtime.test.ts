import { setTimeout as pause } from 'node:timers/promises';
import { gate } from '../../../../tests/support/gate';
import { eventually } from '../../../../tests/support/eventually';
import { noteModule } from '../../../../tests/support/noteModule';
import { makeWorkspace, type Person, signUp } from '../../../../tests/support/people';
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
const lampHidden = defineEvent<{ number: number }>('lamp.hidden');

describe('A client that was away', () => {
  let platform: TestPlatform;
  let eventBus: EventBus;
  let unitOfWork: UnitOfWork;
  let owner: Person;
  let workspaceId: WorkspaceId;
  let sockets: SocketClient[];

  beforeAll(async () => {
    const lamps = noteModule({ events: [lampLit, lampGiven, lampHidden] });
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
    expect(lit(witness)).toEqual(all.slice(-lit(witness).length));
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
      await eventually(() => expect(lit(socket).length).toBeGreaterThan(0)).catch(() => {});
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
    const given = (number: number) => lampGiven({ workspaceId, at: new Date() }, { userId: owner.id as UserId, number });
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
