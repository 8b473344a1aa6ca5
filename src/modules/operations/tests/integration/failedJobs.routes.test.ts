import { RecordingLogger } from '../../../../../tests/fixtures/RecordingLogger';
import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { noteModule } from '../../../../../tests/support/noteModule';
import { makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { aPlatformAdmin } from '../../../../../tests/support/platformAdmin';
import { modules } from '../../../../../tests/support/platformModules';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import type { EventBus, EventHandler } from '../../../../core/application/EventBus';
import type { UnitOfWork } from '../../../../core/application/UnitOfWork';
import { defineEvent, type DomainEvent } from '../../../../core/domain/DomainEvent';
import { newId, type WorkspaceId } from '../../../../core/domain/Id';

const noted = defineEvent<{ text: string }>('note.added');

/** What was handled, and whether the handler still chokes on poison. */
const handled: string[] = [];
let chokes = true;

const PrintOnNoted = class PrintOnNoted implements EventHandler<{ text: string }> {
  readonly name = 'note.print-on-added';

  readonly on = noted;

  readonly delivery = 'durable';

  async handle({ facts: { text } }: DomainEvent<{ text: string }>): Promise<void> {
    if (chokes && text === 'poison') throw new Error('Choked for ada@example.com with password="hunter2".');
    handled.push(text);
  }
};

describe('Failed jobs, for a platform admin', () => {
  let platform: TestPlatform;
  let logger: RecordingLogger;
  let admin: Person;

  beforeAll(async () => {
    logger = new RecordingLogger();
    const probe = noteModule({ events: [noted], handlers: [PrintOnNoted] });
    platform = await TestPlatform.start({ modules: [...modules, probe], logger });
    admin = await aPlatformAdmin(platform);
  });

  afterAll(() => platform.stop());

  const list = (query = ''): Promise<ApiAnswer> => admin.api.get(`/admin/jobs${query}`);
  const idsOf = ({ body }: ApiAnswer): string[] => body.data.map(({ id }: { id: string }) => id);

  const publish = (...texts: string[]): Promise<void> => {
    const { container } = platform.platform;
    const workspaceId = newId<WorkspaceId>();
    const events = texts.map((text) => noted({ workspaceId, at: new Date() }, { text }));
    return container
      .get<UnitOfWork>('unitOfWork')
      .run({ workspaceId }, () => container.get<EventBus>('eventBus').publish(events));
  };

  /** A job that nobody here takes, in the state that a number of failures leaves it in. */
  const addFailed = async (task: string, attempts = 25, error: string | null = 'It broke.', payload: object = {}) => {
    const [job] = await platform.query<{ id: string }>(
      `WITH job AS (SELECT id FROM graphile_worker.add_job($1, $2::json))
       SELECT id::text FROM job`,
      [task, JSON.stringify(payload)],
    );
    await platform.query(
      `UPDATE graphile_worker._private_jobs SET attempts = $2::int, last_error = $3, run_at = now() + exp(least($2::int, 10)) * interval '1 second'
       WHERE id = $1`,
      [job?.id, attempts, error],
    );
    return job?.id ?? '';
  };

  const replays = (what: string) =>
    platform.query(`SELECT actor_id AS by, facts FROM events WHERE type = $1 ORDER BY occurred_at`, [what]);

  it('Fault 9: a poison event ends as a dead letter beside its neighbours, and is done once what it broke is mended', async () => {
    await publish('before', 'poison', 'after');
    await eventually(() => expect([...handled].sort()).toEqual(['after', 'before']));
    const [retrying] = await eventually(async () => {
      const { data } = (await list('?task=note.print-on-added')).body;
      expect(data).toMatchObject([{ state: 'retrying', attempts: 1 }]);
      return data;
    });
    expect(new Date(retrying.nextTryAt).getTime()).toBeGreaterThan(Date.now());
    await platform.query(
      `UPDATE graphile_worker._private_jobs SET attempts = max_attempts - 1, run_at = now() WHERE id = $1`,
      [retrying.id],
    );
    await eventually(async () => expect((await list('?state=dead')).body.data).toHaveLength(1));
    const { status, body } = await admin.api.get(`/admin/jobs/${retrying.id}`);
    expect([status, body.data]).toEqual([
      200,
      {
        id: retrying.id,
        task: 'note.print-on-added',
        state: 'dead',
        payload: { eventId: expect.stringMatching(/^[\da-f-]{36}$/) },
        attempts: 25,
        maxAttempts: 25,
        lastError: 'Choked for a***@example.com with password="[redacted]".',
        createdAt: retrying.createdAt,
        failedAt: expect.any(String),
        nextTryAt: null,
      },
    ]);
    expect(Math.abs(Date.now() - new Date(body.data.failedAt).getTime())).toBeLessThan(10_000);
    await publish('later');
    await eventually(() => expect(handled).toContain('later'));

    const replay = () => admin.api.post(`/admin/jobs/${retrying.id}/replay`);
    chokes = false;
    expect((await replay()).status).toBe(202);
    await eventually(() => expect(handled).toContain('poison'));
    await eventually(async () => expect(idsOf(await list())).toEqual([]));
    expectProblem(await replay(), 404, 'NOT_FOUND');
    expectProblem(await admin.api.get(`/admin/jobs/${retrying.id}`), 404, 'NOT_FOUND');
    expect([...handled].sort()).toEqual(['after', 'before', 'later', 'poison']);
    expect(await replays('operations.job-replayed')).toEqual([
      { by: admin.id, facts: { jobId: retrying.id, task: 'note.print-on-added' } },
    ]);
    const [entry] = await platform.query(
      `SELECT actor_id AS by, via, details FROM audit_entries WHERE action = 'operations.job-replayed'`,
    );
    expect(entry).toEqual({
      by: admin.id,
      via: 'http',
      details: { jobId: retrying.id, task: 'note.print-on-added' },
    });
  });

  it('Fault 9: the last failure is told at error, those before as warnings, none with the payload', () => {
    const told = (level: 'error' | 'warn') => logger.lines.filter((line) => line.level === level);
    const facts = (attempts: number) => ({
      task: 'note.print-on-added',
      job: expect.any(String),
      attempts,
      error: expect.any(Error),
    });
    expect(told('warn')).toEqual([
      { level: 'warn', message: 'A job failed, and will be tried again', fields: facts(1) },
    ]);
    expect(told('error')).toEqual([
      { level: 'error', message: 'A job is dead: it failed for the last time', fields: facts(25) },
    ]);
    expect(JSON.stringify(logger.lines)).not.toContain('"payload"');
  });

  it('are listed oldest first or last, by cursor and by page, of one task or state', async () => {
    const all = [];
    for (const task of ['test.one', 'test.two', 'test.one', 'test.two'])
      all.push(await addFailed(task, all.length + 1));
    const dead = await addFailed('test.one');
    expect(idsOf(await list())).toEqual([...all, dead]);
    expect(idsOf(await list('?sort=-createdAt'))).toEqual([...all, dead].reverse());
    expect(idsOf(await list('?task=test.two'))).toEqual([all[1], all[3]]);
    expect(idsOf(await list('?task=test.one&state=dead'))).toEqual([dead]);
    expect(idsOf(await list('?task=note.none'))).toEqual([]);
    const first = await list('?limit=2');
    const second = await list(`?limit=2&cursor=${first.body.meta.nextCursor}`);
    expect([...idsOf(first), ...idsOf(second)]).toEqual(all);
    expect((await list('?page=2&limit=3')).body.meta).toEqual({ page: 2, limit: 3, total: 5, totalPages: 2 });
    await platform.query(`DELETE FROM graphile_worker._private_jobs WHERE id = ANY ($1)`, [[...all, dead]]);
  });

  it('tell nothing that somebody typed, and little of what went wrong', async () => {
    const userId = newId();
    const payload = { userId, email: 'ada@example.com', to: ['ada@example.com'], at: 5 };
    const id = await addFailed('test.shy', 3, 'x'.repeat(2_000), payload);
    const { body } = await admin.api.get(`/admin/jobs/${id}`);
    expect(body.data.payload).toEqual({ userId, email: '[hidden]', to: '[hidden]', at: '[hidden]' });
    expect(body.data.lastError).toBe('x'.repeat(500));
    await platform.query(`UPDATE graphile_worker._private_jobs SET attempts = 25, last_error = NULL WHERE id = $1`, [
      id,
    ]);
    expect((await admin.api.get(`/admin/jobs/${id}`)).body.data).toMatchObject({ lastError: null, failedAt: null });
  });

  it('are left alone while they run, and are none as long as nothing failed', async () => {
    const id = await addFailed('test.runs', 5);
    await platform.query(
      `UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'somebody' WHERE id = $1`,
      [id],
    );
    expect((await admin.api.get(`/admin/jobs/${id}`)).body.data).toMatchObject({ state: 'running', nextTryAt: null });
    expectProblem(await admin.api.post(`/admin/jobs/${id}/replay`), 404, 'NOT_FOUND');
    const sound = await addFailed('test.sound', 0, null);
    expectProblem(await admin.api.get(`/admin/jobs/${sound}`), 404, 'NOT_FOUND');
    expectProblem(await admin.api.post(`/admin/jobs/${sound}/replay`), 404, 'NOT_FOUND');
  });

  it('are replayed together, those of one task that are dead', async () => {
    const dead = [await addFailed('test.many'), await addFailed('test.many')];
    const retrying = await addFailed('test.many', 4);
    const other = await addFailed('test.other');
    const replay = () => admin.api.post('/admin/jobs/replay', { task: 'test.many' });
    const answer = await replay();
    expect([answer.status, answer.body.data]).toEqual([200, { jobs: 2 }]);
    const jobs = await platform.query(
      `SELECT id::text, attempts, run_at <= now() AS due FROM graphile_worker._private_jobs WHERE id = ANY ($1) ORDER BY id`,
      [[...dead, retrying, other]],
    );
    expect(jobs).toEqual([
      { id: dead[0], attempts: 0, due: true },
      { id: dead[1], attempts: 0, due: true },
      { id: retrying, attempts: 4, due: false },
      { id: other, attempts: 25, due: false },
    ]);
    expect((await replay()).body.data).toEqual({ jobs: 0 });
    expect(await replays('operations.dead-jobs-replayed')).toEqual([
      { by: admin.id, facts: { task: 'test.many', jobs: 2 } },
    ]);
  });

  it('are named by numbers, and nothing else is asked', async () => {
    for (const id of ['x', '-1', '1.5', '1'.repeat(19), newId()]) {
      expectInvalid(await admin.api.get(`/admin/jobs/${id}`), 'id');
    }
    expectProblem(await admin.api.get(`/admin/jobs/${'9'.repeat(18)}`), 404, 'NOT_FOUND');
    expectInvalid(await list('?state=done'), 'state');
    expectInvalid(await list('?sort=task'), 'sort');
    expectInvalid(await admin.api.post('/admin/jobs/replay', {}), 'task');
  });

  it('are for nobody else, whatever they are in their workspaces', async () => {
    const owner = await signUp(platform);
    const api = platform.api.as(owner.accessToken, await makeWorkspace(owner));
    expectProblem(await api.get('/admin/jobs'), 403, 'PERMISSION_DENIED');
    expectProblem(await api.get('/admin/jobs/1'), 403, 'PERMISSION_DENIED');
    expectProblem(await api.post('/admin/jobs/1/replay'), 403, 'PERMISSION_DENIED');
    expectProblem(await api.post('/admin/jobs/replay', { task: 'test.many' }), 403, 'PERMISSION_DENIED');
    expectProblem(await platform.api.get('/admin/jobs'), 401, 'UNAUTHENTICATED');
  });
});
