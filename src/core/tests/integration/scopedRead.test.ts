import { eventually } from '../../../../tests/support/eventually';
import { ADD_NOTE, LIST_NOTES, noteModule } from '../../../../tests/support/noteModule';
import { TestPlatform } from '../../../../tests/support/testPlatform';
import { modules } from '../../../../tests/support/platformModules';
import { newId } from '../../domain/Id';
import { UnavailableError } from '../../errors/UnavailableError';
import type { SequelizeUnitOfWork } from '../../infrastructure/database/SequelizeUnitOfWork';
import { statement, type Statement } from '../../infrastructure/database/Statement';

const ONE = statement('test.one', 'SELECT 1 AS one');

describe('A read under a scope, outside any unit of work', () => {
  let platform: TestPlatform;
  let unitOfWork: SequelizeUnitOfWork;

  beforeAll(async () => {
    platform = await TestPlatform.start({ modules: [...modules, noteModule()], environment: { DB_POOL_MAX: '1' } });
    unitOfWork = platform.service('unitOfWork');
  });

  afterAll(() => platform.stop());

  let statements = 0;

  /** Reads by a statement of its own. */
  function read(text: string, ...values: unknown[]): Promise<object[]> {
    statements += 1;
    return unitOfWork.read({}, statement(`test.${statements}`, text), values);
  }

  /** Ends, as an operator would, the backend that runs a query with this text, once there is one. */
  async function terminate(text: string): Promise<void> {
    await eventually(async () => {
      const ended = await platform.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE $1`,
        [`%${text}%`],
      );
      expect(ended).toHaveLength(1);
    });
  }

  it.each([
    ['a mistake in the text', 'SELEKT 1', '42601'],
    ['an unknown column', 'SELECT nonsense', '42703'],
    ['a failure after some rows', 'SELECT 1 / (3 - n) AS n FROM generate_series(1, 3) AS n', '22012'],
    ['a violated constraint', 'INSERT INTO permissions VALUES (NULL, NULL)', '42501'],
    ['a row of another tenant', `INSERT INTO notes VALUES (gen_random_uuid(), 'x')`, '42501'],
  ])('throws %s as the database puts it, and leaves the connection usable', async (_what, text, code) => {
    await expect(read(text)).rejects.toMatchObject({ code });
    await expect(unitOfWork.read({}, ONE)).resolves.toEqual([{ one: 1 }]);
  });

  it('throws the violation of a constraint by its name', async () => {
    const workspaceId = newId<string>();
    const violation = unitOfWork.read({ workspaceId }, ADD_NOTE, [workspaceId, '']);
    await expect(violation).rejects.toMatchObject({ code: '23514', constraint: 'notes_text_check' });
    await expect(unitOfWork.read({ workspaceId }, LIST_NOTES)).resolves.toEqual([]);
  });

  it('prepares a statement anew after it failed', async () => {
    const divide = statement('test.divide', 'SELECT 6 / $1::int AS result');
    await expect(unitOfWork.read({}, divide, [2])).resolves.toEqual([{ result: 3 }]);
    await expect(unitOfWork.read({}, divide, [0])).rejects.toMatchObject({ code: '22012' });
    await expect(unitOfWork.read({}, divide, [3])).resolves.toEqual([{ result: 2 }]);
  });

  it('shares its connection with units of work that run the same statement', async () => {
    const workspaceId = newId<string>();
    await unitOfWork.run({ workspaceId }, () => unitOfWork.execute(ADD_NOTE, [workspaceId, 'one']));
    const alone = () => unitOfWork.read({ workspaceId }, LIST_NOTES);
    const inUnit = () => unitOfWork.run({ workspaceId }, () => unitOfWork.execute(LIST_NOTES));
    for (const way of [alone, inUnit, alone, inUnit]) expect(await way()).toEqual([{ text: 'one' }]);
  });

  const at = new Date('2026-03-01T12:34:56.789Z');
  const uuid = newId<string>();

  it.each<[string, unknown, unknown]>([
    ['text', null, null],
    ['text', undefined, null],
    ['text', '', ''],
    ['text', `'); DROP TABLE notes; -- \\ “ü” 🏛`, `'); DROP TABLE notes; -- \\ “ü” 🏛`],
    ['int', 7, 7],
    ['bigint', '9007199254740993', '9007199254740993'],
    ['float8', 1.5, 1.5],
    ['boolean', false, false],
    ['timestamptz', at, at],
    ['uuid', uuid, uuid],
    ['bytea', Buffer.from([0, 255, 10]), Buffer.from([0, 255, 10])],
    ['jsonb', { list: [1, null, 'x'] }, { list: [1, null, 'x'] }],
    ['text[]', ['a', 'b,"c"', null], ['a', 'b,"c"', null]],
    ['uuid[]', [], []],
  ])('carries %s there and back: %p', async (type, value, expected) => {
    await expect(read(`SELECT $1::${type} AS value`, value)).resolves.toEqual([{ value: expected }]);
  });

  it.each([
    '2026-03-01T12:34:56.789Z',
    '2026-03-01T12:34:56.789999Z',
    '2026-03-01T12:34:56.78Z',
    '2026-03-01T12:34:56Z',
    '2026-03-01T00:30:00.123+05:30',
    '0001-01-01T00:00:00.001Z',
    '20260-01-01 00:00:00.123+00',
    '0044-03-15T12:00:00.123 BC',
  ])('carries the moment %s as a date, which is in JSON what any date is', async (text) => {
    const [row] = (await read(
      'SELECT $1::timestamptz AS at, extract(epoch FROM $1::timestamptz)::float8 AS epoch',
      text,
    )) as [{ at: Date; epoch: number }];
    const same = new Date(Math.trunc(row.epoch * 1000));
    expect(row.at).toEqual(same);
    expect(JSON.stringify(row.at)).toBe(JSON.stringify(same));
  });

  it('gives nothing for no rows, whatever the columns', async () => {
    await expect(read('SELECT 1 AS a, 2 AS b WHERE false')).resolves.toEqual([]);
  });

  it('answers 100 reads at once, each with its own', async () => {
    const echo = statement('test.echo', `SELECT $1::int AS number, current_setting('app.workspace_id') AS scope`);
    const asked = Array.from({ length: 100 }, (_, number) => ({ number, scope: newId<string>() }));
    const answered = await Promise.all(
      asked.map(({ number, scope }) => unitOfWork.read({ workspaceId: scope }, echo, [number])),
    );
    expect(answered).toEqual(asked.map((one) => [one]));
  });

  it('is apart from statements whose long names begin like its own', async () => {
    const alike = [0, 1, 2].map((number) =>
      statement(`test.${'alike-'.repeat(20)}.${number}`, `SELECT ${number} AS n`),
    );
    const run = (one: Statement) => unitOfWork.run({}, () => unitOfWork.execute(one));
    for (const [number, one] of [...alike, ...alike].entries()) {
      expect(await unitOfWork.read({}, one)).toEqual([{ n: number % 3 }]);
      expect(await run(one)).toEqual([{ n: number % 3 }]);
    }
  });

  it('is unavailable when its backend ends, and back with the next connection', async () => {
    const asleep = expect(read('SELECT pg_sleep(60)')).rejects.toThrow(UnavailableError);
    await terminate('pg_sleep(60)');
    await asleep;
    await eventually(async () => expect(await unitOfWork.read({}, ONE)).toEqual([{ one: 1 }]));
  });

  it('has the same for a unit of work whose backend ends', async () => {
    const sleep = statement('test.sleep', 'SELECT pg_sleep(61)');
    const asleep = expect(unitOfWork.run({}, () => unitOfWork.execute(sleep))).rejects.toThrow(UnavailableError);
    await terminate('pg_sleep(61)');
    await asleep;
    await eventually(async () => expect(await unitOfWork.run({}, () => unitOfWork.execute(ONE))).toEqual([{ one: 1 }]));
  });

  it('takes a connection that was lost while it lay idle for a new one', async () => {
    await unitOfWork.read({}, ONE);
    await terminate('AS one');
    await eventually(async () => expect(await unitOfWork.read({}, ONE)).toEqual([{ one: 1 }]));
  });
});
