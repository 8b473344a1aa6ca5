import { eventually } from '../../../../tests/support/eventually';
import { TestPlatform } from '../../../../tests/support/testPlatform';
import { newId } from '../../domain/Id';
import { UnavailableError } from '../../errors/UnavailableError';
import type { SequelizeUnitOfWork } from '../../infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../infrastructure/database/Statement';

const DIVIDE = statement(
  'test.divide-in-scope',
  `SELECT 12 / $1::int AS result, current_setting('app.workspace_id') AS scope`,
);
const BACKEND = statement('test.backend', 'SELECT pg_backend_pid() AS pid, pg_sleep(0.05)::text');

describe('Reads at the same time', () => {
  let platform: TestPlatform;
  let unitOfWork: SequelizeUnitOfWork;

  beforeAll(async () => {
    platform = await TestPlatform.start({ environment: { DB_POOL_MAX: '2' } });
    unitOfWork = platform.service('unitOfWork');
  });

  afterAll(() => platform.stop());

  it('fail each for itself: those that travel with one that fails are answered all the same', async () => {
    const asked = Array.from({ length: 50 }, (_, number) => ({ divisor: number % 7, scope: newId<string>() }));
    const outcomes = await Promise.allSettled(
      asked.map(({ divisor, scope }) => unitOfWork.read({ workspaceId: scope }, DIVIDE, [divisor])),
    );
    expect(outcomes).toEqual(
      asked.map(({ divisor, scope }) =>
        divisor === 0
          ? { status: 'rejected', reason: expect.objectContaining({ code: '22012' }) }
          : { status: 'fulfilled', value: [{ result: Math.trunc(12 / divisor), scope }] },
      ),
    );
  });

  it('have a connection each as long as there are enough', async () => {
    const answers = await Promise.all([unitOfWork.read({}, BACKEND), unitOfWork.read({}, BACKEND)]);
    expect(new Set(answers.flatMap((rows) => rows.map((row) => (row as { pid: number }).pid))).size).toBe(2);
  });

  it('are refused when none is free for as long as the pool waits', async () => {
    const sleep = statement('test.long-sleep', 'SELECT pg_sleep(3)::text');
    const busy = [unitOfWork.read({}, sleep), unitOfWork.read({}, sleep)];
    await eventually(async () => {
      const sleeping = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`;
      expect(await platform.query(sleeping)).toHaveLength(2);
    });
    await expect(unitOfWork.read({}, BACKEND)).rejects.toThrow(UnavailableError);
    await Promise.all(busy);
    await expect(unitOfWork.read({}, BACKEND)).resolves.toHaveLength(1);
  });
});
