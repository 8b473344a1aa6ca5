import { gate } from '../../../../tests/support/gate';
import { RecordingLogger } from '../../../../tests/fixtures/RecordingLogger';
import { eventually } from '../../../../tests/support/eventually';
import { ADD_NOTE, noteModule } from '../../../../tests/support/noteModule';
import { TestPlatform } from '../../../../tests/support/testPlatform';
import { modules } from '../../../../tests/support/platformModules';
import type { EventBus, EventHandler, LoggedEvent } from '../../application/EventBus';
import type { ScheduledJob } from '../../application/JobQueue';
import type { UnitOfWork } from '../../application/UnitOfWork';
import { defineEvent, type DomainEvent } from '../../domain/DomainEvent';
import { newId, type WorkspaceId } from '../../domain/Id';
import type { SequelizeUnitOfWork } from '../../infrastructure/database/SequelizeUnitOfWork';

const noted = defineEvent<{ text: string }>('note.added');
const erased = defineEvent<{ text: string }>('note.erased');
type Noted = DomainEvent<{ text: string }>;

/** What the durable handler was given, and for which texts it fails how often before it succeeds. */
const handled: Noted[] = [];
const failures = new Map<string, number>();

/** Writes a second note in the same transaction, and refuses some. */
const EchoOnNoted = class implements EventHandler<{ text: string }> {
  readonly name = 'note.echo-on-added';

  readonly on = noted;

  readonly delivery = 'transactional';

  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async handle({ workspaceId, facts: { text } }: Noted): Promise<void> {
    await this.unitOfWork.execute(ADD_NOTE, [workspaceId, `${text} ${text}`]);
    if (text === 'refused') throw new Error('An echo was refused.');
  }
};

const RecordOnNoted = class implements EventHandler<{ text: string }> {
  readonly name = 'note.record-on-change';

  readonly on = [noted, erased];

  readonly delivery = 'durable';

  async handle(event: Noted): Promise<void> {
    handled.push(event);
    const left = failures.get(event.facts.text) ?? 0;
    failures.set(event.facts.text, left - 1);
    if (left > 0) throw new Error('Not yet.');
  }
};

/** The texts that a handler was given which is concerned by loud ones alone. */
const shouted: string[] = [];

const ShoutOnNoted = class implements EventHandler<{ text: string }> {
  readonly name = 'note.shout-on-added';

  readonly on = noted;

  readonly delivery = 'durable';

  concerns({ facts }: Noted): boolean {
    return facts.text.endsWith('!');
  }

  async handle({ facts }: Noted): Promise<void> {
    shouted.push(facts.text);
  }
};

/** The kinds of events that a handler without a kind was given. */
const witnessed: string[] = [];

const WitnessEverything = class implements EventHandler {
  readonly name = 'note.witness-everything';

  readonly delivery = 'transactional';

  async handle({ type }: DomainEvent): Promise<void> {
    witnessed.push(type);
  }
};

describe('Events', () => {
  const logger = new RecordingLogger();
  const heard: LoggedEvent[] = [];
  let platform: TestPlatform;
  let eventBus: EventBus;
  let unitOfWork: UnitOfWork;

  beforeAll(async () => {
    const handlers = [EchoOnNoted, RecordOnNoted, ShoutOnNoted, WitnessEverything];
    const probe = noteModule({ events: [noted, erased], handlers });
    platform = await TestPlatform.start({ modules: [...modules, probe], logger });
    eventBus = platform.service('eventBus');
    unitOfWork = platform.service('unitOfWork');
    eventBus.subscribe((event) => heard.push(event));
  });

  afterAll(() => platform.stop());

  const newNote = (text: string, workspaceId = newId<WorkspaceId>()): Noted =>
    noted({ workspaceId, at: new Date('2026-03-01T12:00:00.123Z') }, { text });

  const publish = ({ workspaceId, ...event }: Noted, then?: () => Promise<void>): Promise<void> =>
    unitOfWork.run(workspaceId ? { workspaceId } : {}, async () => {
      await eventBus.publish([{ workspaceId, ...event }]);
      await then?.();
    });

  /** What is left of an event in the log, in the tables of handlers, and in the queue. */
  async function traces({ id, workspaceId }: Noted): Promise<object> {
    const [row] = await platform.query(
      `SELECT (SELECT count(*)::int FROM events WHERE id = $1) AS events,
              (SELECT count(*)::int FROM notes WHERE workspace_id = $2) AS notes,
              (SELECT count(*)::int FROM graphile_worker._private_jobs WHERE key LIKE '%' || $1) AS jobs`,
      [id, workspaceId],
    );
    return { ...row, heard: heard.filter((event) => event.id === id).length };
  }

  const handledTimes = ({ id }: Noted): number => handled.filter((event) => event.id === id).length;

  it('stand in the log with their change, are heard at once, and reach the durable handler once', async () => {
    const event = newNote('plain');
    await publish(event);
    expect(heard.at(-1)).toEqual({ ...event, cursor: expect.stringMatching(/^\d+\.\d+$/) });
    await eventually(async () => expect(await traces(event)).toEqual({ events: 1, notes: 1, jobs: 0, heard: 1 }));
    expect(handled.filter(({ id }) => id === event.id)).toEqual([heard.at(-1)]);
  });

  it('reach a handler of several kinds, each once', async () => {
    const added = newNote('several');
    const workspaceId = newId<WorkspaceId>();
    const gone = erased({ workspaceId, at: new Date() }, { text: 'several' });
    for (const event of [added, gone]) await publish(event);
    await eventually(() => expect([added, gone].map(handledTimes)).toEqual([1, 1]));
    expect(await traces(gone)).toMatchObject({ notes: 0 });
  });

  it('leave nothing when their unit of work is undone', async () => {
    const event = newNote('undone');
    const undone = publish(event, () => Promise.reject(new Error('undone')));
    await expect(undone).rejects.toThrow('undone');
    expect(await traces(event)).toEqual({ events: 0, notes: 0, jobs: 0, heard: 0 });
    expect(handledTimes(event)).toBe(0);
  });

  it('wait for the commit: nothing is heard or handled before', async () => {
    const event = newNote('waiting');
    const published = gate();
    const looked = gate();
    const unit = publish(event, async () => {
      published.open();
      await looked.passed;
    });
    await published.passed;
    expect(await traces(event)).toEqual({ events: 0, notes: 0, jobs: 0, heard: 0 });
    looked.open();
    await unit;
    await eventually(() => expect(handledTimes(event)).toBe(1));
  });

  it('are undone, with their change, by a transactional handler that throws', async () => {
    const event = newNote('refused');
    await expect(publish(event)).rejects.toThrow('An echo was refused.');
    expect(await traces(event)).toEqual({ events: 0, notes: 0, jobs: 0, heard: 0 });
  });

  it('come to a durable handler again after it failed', async () => {
    const event = newNote('flaky');
    failures.set('flaky', 1);
    await publish(event);
    await eventually(() => expect(handledTimes(event)).toBe(1));
    // Its turn comes in seconds; nobody needs to wait for them.
    await eventually(async () => {
      const retried = await platform.query(
        `UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE '%' || $1 AND attempts = 1 AND locked_at IS NULL
         RETURNING 1`,
        [event.id],
      );
      expect(retried).toHaveLength(1);
    });
    await eventually(async () => expect(await traces(event)).toMatchObject({ events: 1, jobs: 0, heard: 1 }));
    expect(handledTimes(event)).toBe(2);
    expect(logger.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ task: 'note.record-on-change' }) }),
    );
  });

  it('do not come to a durable handler again that is done with them, for thirty days', async () => {
    const event = newNote('done');
    await publish(event);
    await eventually(async () => expect(await traces(event)).toMatchObject({ jobs: 0 }));
    const again = async (): Promise<number> => {
      await platform.query(`SELECT graphile_worker.add_job('note.record-on-change', $1::json, job_key => $2)`, [
        JSON.stringify({ eventId: event.id }),
        `again:${event.id}`,
      ]);
      await eventually(async () => expect(await traces(event)).toMatchObject({ jobs: 0 }));
      return handledTimes(event);
    };
    expect(await again()).toBe(1);
    const purge = platform.platform.container.get<ScheduledJob>('purgeHandledEvents');
    const age = (days: number) =>
      platform.query(`UPDATE handled_events SET handled_at = now() - $1 * interval '1 day'`, [days]);
    await age(29);
    await purge.run({});
    expect(await again()).toBe(1);
    await age(31);
    await purge.run({});
    expect(await again()).toBe(2);
  });

  it('each reach the durable handler, many at once, none twice and none lost', async () => {
    const events = Array.from({ length: 40 }, (_, number) => newNote(`many ${number}`));
    await Promise.all(events.map((event) => publish(event)));
    await eventually(() => expect(events.filter((event) => handledTimes(event) === 0)).toEqual([]));
    await eventually(async () => expect(await traces(newNote('none'))).toMatchObject({ jobs: 0 }));
    expect(events.map(handledTimes)).toEqual(events.map(() => 1));
  });

  it('are committed and go on to the other listeners, though one of them fails', async () => {
    const others: string[] = [];
    eventBus.subscribe(({ facts }) => {
      if ((facts as { text?: string }).text === 'harm') throw new Error('A bad listener.');
    });
    eventBus.subscribe(({ id }) => others.push(id));
    const event = newNote('harm');
    await publish(event);
    expect(others).toEqual([event.id]);
    expect(await traces(event)).toMatchObject({ events: 1, heard: 1 });
    expect(logger.messages('error')).toContain('A listener of note.added failed');
  });

  it('of every kind reach a handler that names none, others only what they name', async () => {
    const event = newNote('witnessed');
    const other = defineEvent('lamp.lit')({ at: event.occurredAt, workspaceId: newId<WorkspaceId>() }, {});
    witnessed.length = 0;
    await publish(event);
    await unitOfWork.run({ workspaceId: other.workspaceId ?? newId() }, () => eventBus.publish([other]));
    expect(witnessed).toEqual(['note.added', 'lamp.lit']);
    expect(await platform.query('SELECT 1 FROM notes WHERE workspace_id = $1', [other.workspaceId])).toEqual([]);
  });

  it('reach no handler that says that they do not concern it', async () => {
    const [quiet, loud] = [newNote('quiet'), newNote('loud!')];
    for (const event of [quiet, loud]) await publish(event);
    await eventually(async () => expect(await traces(loud)).toMatchObject({ jobs: 0 }));
    await eventually(async () => expect(await traces(quiet)).toMatchObject({ jobs: 0 }));
    expect(shouted).toEqual(['loud!']);
  });

  it('can not be published outside a unit of work', async () => {
    const event = newNote('outside');
    await expect(eventBus.publish([event])).rejects.toThrow('open unit of work');
    expect(await traces(event)).toEqual({ events: 0, notes: 0, jobs: 0, heard: 0 });
  });

  it('can not be published into another workspace', async () => {
    const event = newNote('foreign');
    const foreign = unitOfWork.run({ workspaceId: newId() }, () => eventBus.publish([event]));
    await expect(foreign).rejects.toMatchObject({ code: '42501' });
    expect(await traces(event)).toEqual({ events: 0, notes: 0, jobs: 0, heard: 0 });
  });

  it('have cursors that grow in the order of their commits', async () => {
    const workspaceId = newId<WorkspaceId>();
    const from = heard.length;
    for (const text of ['a', 'b', 'c']) await publish(newNote(text, workspaceId));
    await unitOfWork.run({ workspaceId }, () =>
      eventBus.publish([newNote('d', workspaceId), newNote('e', workspaceId)]),
    );
    const cursors = heard.slice(from).map(({ cursor }) => cursor.split('.').map(BigInt));
    expect(heard.slice(from).map(({ facts }) => (facts as { text: string }).text)).toEqual(['a', 'b', 'c', 'd', 'e']);
    const sorted = [...cursors].sort(([a = 0n, b = 0n], [c = 0n, d = 0n]) => Number(a - c || b - d));
    expect(cursors).toEqual(sorted);
    expect(new Set(cursors.map(String)).size).toBe(5);
  });
});
