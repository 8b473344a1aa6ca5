import { RecordingLogger } from '../../../../tests/fixtures/RecordingLogger';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/databases';
import { eventually } from '../../../../tests/support/eventually';
import { gate } from '../../../../tests/support/gate';
import { holdDate } from '../../../../tests/support/holdDate';
import { noteModule } from '../../../../tests/support/noteModule';
import { silentLogger } from '../../../../tests/support/silentLogger';
import { TestPlatform } from '../../../../tests/support/testPlatform';
import { modules } from '../../../../tests/support/platformModules';
import type { EventBus, EventHandler } from '../../application/EventBus';
import type { JobQueue, JobTask, JobTiming, ScheduledJob } from '../../application/JobQueue';
import type { Logger } from '../../application/Logger';
import type { UnitOfWork } from '../../application/UnitOfWork';
import { defineEvent, type DomainEvent } from '../../domain/DomainEvent';
import { newId, type WorkspaceId } from '../../domain/Id';
import type { NodeConnection } from '../../infrastructure/database/NodeConnection';

const noted = defineEvent<{ text: string }>('note.added');

/** What the handler began, and when it may go on. */
let begun: string[] = [];
let goAhead = gate();

const WaitOnNoted = class implements EventHandler<{ text: string }> {
  readonly name = 'note.wait-on-added';

  readonly on = noted;

  readonly delivery = 'durable';

  async handle({ facts: { text } }: DomainEvent<{ text: string }>): Promise<void> {
    begun.push(text);
    await goAhead.passed;
    if (text === 'fails') throw new Error('It failed.');
  }
};

async function waitFor({ text }: { text: string }): Promise<void> {
  begun.push(text);
  await goAhead.passed;
}

const WaitJob = class implements JobTask<{ text: string }> {
  readonly name = 'note.wait';

  readonly run = waitFor;
};

const WaitAloneJob = class implements JobTask<{ text: string }> {
  readonly name = 'note.wait-alone';

  readonly workers = 6;

  readonly run = waitFor;
};

const EveryMinuteJob = class implements ScheduledJob {
  readonly name = 'note.every-minute';

  readonly schedule = '* * * * *';

  readonly run = (): Promise<void> => waitFor({ text: 'every minute' });
};

describe('Jobs of a platform', () => {
  let database: TestDatabase;
  const probe = noteModule({ events: [noted], handlers: [WaitOnNoted], jobs: [WaitJob, WaitAloneJob, EveryMinuteJob] });

  beforeEach(async () => {
    begun = [];
    goAhead = gate();
    database = await createTestDatabase();
  });

  afterEach(async () => {
    jest.useRealTimers();
    await database.drop();
  });

  const start = (environment: NodeJS.ProcessEnv = {}, logger: Logger = silentLogger): Promise<TestPlatform> =>
    TestPlatform.start({ database, environment, modules: [...modules, probe], logger });

  async function publish({ platform }: TestPlatform, ...texts: string[]): Promise<void> {
    const workspaceId = newId<WorkspaceId>();
    await platform.container
      .get<UnitOfWork>('unitOfWork')
      .run({ workspaceId }, () =>
        platform.container
          .get<EventBus>('eventBus')
          .publish(texts.map((text) => noted({ workspaceId, at: new Date() }, { text }))),
      );
  }

  const jobs = (platform: TestPlatform): Promise<{ attempts: number; locked: boolean; error: string | null }[]> =>
    platform.query(
      `SELECT attempts, locked_at IS NOT NULL AS locked, last_error AS error FROM graphile_worker._private_jobs ORDER BY id`,
    );

  const add = ({ platform }: TestPlatform, text: string, timing: JobTiming = {}, task = 'note.wait'): Promise<void> =>
    platform.container
      .get<UnitOfWork>('unitOfWork')
      .run({}, () => platform.container.get<JobQueue>('jobQueue').add(task, { text }, text, timing));

  it('that run when it stops are finished, and what became of them is written', async () => {
    const platform = await start();
    await publish(platform, 'works', 'fails');
    await eventually(() => expect(begun.sort()).toEqual(['fails', 'works']));
    expect(await jobs(platform)).toEqual([1, 1].map((attempts) => ({ attempts, locked: true, error: null })));
    const stopped = platform.stop();
    goAhead.open();
    await stopped;
    expect(await jobs(platform)).toEqual([{ attempts: 1, locked: false, error: 'It failed.' }]);
  });

  it('that take longer than they are given when it stops go back untouched, and the next one does them', async () => {
    const first = await start({ JOB_DRAIN_SECONDS: '0' });
    await publish(first, 'slow');
    await add(first, 'slow in a lane', { lane: 'slow' });
    await eventually(() => expect(begun).toHaveLength(2));
    await first.stop();
    expect(await jobs(first)).toEqual([0, 0].map((attempts) => ({ attempts, locked: false, error: null })));
    const second = await start();
    await eventually(() => expect(begun.sort()).toEqual(['slow', 'slow', 'slow in a lane', 'slow in a lane']));
    goAhead.open();
    await eventually(async () => expect(await jobs(second)).toEqual([]));
    await second.stop();
  });

  it('that wait when it stops are done by the next one', async () => {
    const first = await start();
    await publish(first, ...'abcdefgh');
    await eventually(() => expect(begun).toHaveLength(4));
    const stopped = first.stop();
    goAhead.open();
    await stopped;
    const second = await start();
    await eventually(async () => expect(await jobs(second)).toEqual([]));
    expect(begun.sort().join('')).toBe('abcdefgh');
    await second.stop();
  });

  it('of one lane take turns, beside those of others', async () => {
    const platform = await start();
    for (const text of ['a1', 'a2', 'b1']) await add(platform, text, { lane: text.charAt(0) });
    await eventually(() => expect(begun).toHaveLength(2));
    expect(begun.map((text) => text.charAt(0)).sort()).toEqual(['a', 'b']);
    expect((await jobs(platform)).filter(({ locked }) => locked)).toHaveLength(2);
    goAhead.open();
    await eventually(async () => expect(await jobs(platform)).toEqual([]));
    expect(begun.sort()).toEqual(['a1', 'a2', 'b1']);
    await platform.stop();
  });

  it('with workers of their own wait for no others, and no others for them', async () => {
    const platform = await start();
    for (const text of 'abcdefgh') await add(platform, text, {}, 'note.wait-alone');
    await eventually(() => expect(begun).toHaveLength(6));
    for (const text of 'ABCDEF') await add(platform, text);
    await eventually(() => expect(begun).toHaveLength(10));
    expect(begun.filter((text) => text < 'a')).toHaveLength(4);
    expect((await jobs(platform)).filter(({ locked }) => locked)).toHaveLength(10);
    goAhead.open();
    await eventually(async () => expect(await jobs(platform)).toEqual([]));
    expect(begun.sort().join('')).toBe('ABCDEFabcdefgh');
    await platform.stop();
  });

  it('wait for their time, and come sooner when they are added again', async () => {
    const platform = await start();
    goAhead.open();
    await add(platform, 'later', { notBefore: new Date('2999-01-01T00:00:00.000Z') });
    await add(platform, 'now', {});
    await eventually(async () => expect(await jobs(platform)).toHaveLength(1));
    expect(begun).toEqual(['now']);
    await add(platform, 'later', { notBefore: new Date() });
    await eventually(async () => expect(await jobs(platform)).toEqual([]));
    expect(begun).toEqual(['now', 'later']);
    await platform.stop();
  });

  it('that are due at certain times are added then, but by a node without a schedule', async () => {
    const [row] = await database.query<{ minute: Date }>("SELECT date_trunc('minute', now()) AS minute");
    const minute = (row as { minute: Date }).minute.getTime();
    const known = "SELECT 1 AS one FROM graphile_worker._private_known_crontabs WHERE identifier = 'note.every-minute'";
    holdDate(minute - 50);
    const nodes = [await start({ JOB_SCHEDULE: 'false' })];
    expect(await database.query(known)).toEqual([]);
    nodes.push(await start({ JOB_SCHEDULE: 'true' }));
    await eventually(async () => expect(await database.query(known)).toEqual([{ one: 1 }]));
    expect(begun).toEqual([]);
    holdDate(minute);
    await eventually(() => expect(begun).toEqual(['every minute']));
    goAhead.open();
    for (const node of nodes) await node.stop();
  });

  it('go back within half a minute when a machine vanishes: by then the server notices the silence', async () => {
    const platform = await start();
    const [row] = await platform.platform.container.get<NodeConnection>('nodeConnection').query(
      `SELECT current_setting('tcp_keepalives_idle')::int
         + current_setting('tcp_keepalives_interval')::int * current_setting('tcp_keepalives_count')::int AS seconds`,
    );
    expect(row).toEqual({ seconds: 25 });
    await platform.stop();
  });

  it('are told dead when their node ended in the last attempt, and go on when it was another one', async () => {
    const logger = new RecordingLogger();
    goAhead.open();
    const platform = await start({}, logger);
    await platform.query(
      `WITH tasks AS (INSERT INTO graphile_worker._private_tasks (identifier) VALUES ('note.wait'), ('test.deadly')
         ON CONFLICT (identifier) DO UPDATE SET identifier = EXCLUDED.identifier RETURNING id, identifier)
       INSERT INTO graphile_worker._private_jobs (task_id, payload, attempts, max_attempts, locked_by, locked_at)
       SELECT id, '{"text":"again"}', CASE identifier WHEN 'note.wait' THEN 24 ELSE 25 END, 25, 'killed',
         now() - interval '1 minute' FROM tasks`,
    );
    await eventually(() => expect(begun).toEqual(['again']));
    await eventually(async () => {
      expect(await jobs(platform)).toEqual([{ attempts: 25, locked: false, error: null }]);
    });
    const told = logger.lines.filter(({ level }) => level === 'error' || level === 'warn');
    expect(told).toEqual([
      {
        level: 'error',
        message: 'A job is dead: its node ended during the last attempt',
        fields: { task: 'test.deadly', job: expect.any(String), attempts: 25 },
      },
    ]);
    await platform.stop();
  });

  it('run on one node each, though there are two', async () => {
    const nodes = [await start(), await start()];
    goAhead.open();
    const texts = Array.from({ length: 30 }, (_, number) => `note ${number}`);
    for (const [index, text] of texts.entries()) await publish(nodes[index % 2] as TestPlatform, text);
    await eventually(async () => expect(await jobs(nodes[0] as TestPlatform)).toEqual([]));
    expect(begun.sort()).toEqual(texts.sort());
    for (const node of nodes) await node.stop();
  });
});
