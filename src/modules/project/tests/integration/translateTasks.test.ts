import type { Sequelize } from 'sequelize-typescript';
import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { openTransaction } from '../../../../../tests/support/openTransaction';
import { makeTask } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';
import type { WorkspaceId } from '../../../../core/domain/Id';
import { createSequelize } from '../../../../core/infrastructure/database/createSequelize';
import { SequelizeUnitOfWork } from '../../../../core/infrastructure/database/SequelizeUnitOfWork';
import type { Statement } from '../../../../core/infrastructure/database/Statement';
import { SqlTaskWords } from '../../infrastructure/SqlTaskWords';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly Plan[];
}

/** Runs each statement, and keeps how PostgreSQL went about it in place of its rows. */
class ExplainedWrites extends SequelizeUnitOfWork {
  readonly plans: Plan[] = [];

  override async execute<Row extends object>(
    { name, text }: Statement,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    const explained = { name: `${name}.explained`, text: `EXPLAIN (ANALYZE, FORMAT JSON) ${text}` };
    const [row] = await super.execute<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(explained, values);
    this.plans.push(...(row?.['QUERY PLAN'] ?? []).map(({ Plan: plan }) => plan));
    return [];
  }
}

const stepsOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(stepsOf)];

describe('The tasks of a workspace that speaks another language', () => {
  let platform: TestPlatform;
  let workspaceId: WorkspaceId;
  let api: ApiClient;
  let sequelize: Sequelize;

  eachInNewWorkspace((stage) => {
    ({ platform, api } = stage);
    workspaceId = stage.workspaceId as WorkspaceId;
  });

  beforeEach(() => {
    sequelize = createSequelize(platform.database.address, { min: 1, max: 2 }, []);
  });

  afterEach(() => sequelize.close());

  /** Without the event that has tasks translated. */
  const speakGerman = () =>
    platform.query(`UPDATE workspaces SET settings = settings || '{"locale": "de"}' WHERE id = $1`, [workspaceId]);

  const translate = (most: number, unitOfWork = new SequelizeUnitOfWork(sequelize)): Promise<number> =>
    unitOfWork.run({ workspaceId }, () => new SqlTaskWords(unitOfWork).translate(workspaceId, most));

  const german = async (): Promise<string[]> => {
    const rows = await platform.query<{ title: string }>(
      `SELECT title FROM tasks WHERE workspace_id = $1 AND language = 'german'::regconfig ORDER BY id`,
      [workspaceId],
    );
    return rows.map(({ title }) => title);
  };

  it('are translated in time that grows with the part, also of thousands that no statistics know', async () => {
    const { id } = await makeTask(api, { title: 'Mühlen' });
    await platform.query('ALTER TABLE tasks SET (autovacuum_enabled = off)');
    await platform.query('ANALYZE tasks');
    await platform.query(
      `INSERT INTO tasks (workspace_id, id, title, status, priority, rank, created_by, created_at, updated_at, version, language)
       SELECT workspace_id, gen_random_uuid(), 'Mühlen ' || n, 'todo', 'low', '1', created_by, created_at, updated_at, 1, language
       FROM tasks, generate_series(1, 3000) AS n WHERE id = $1`,
      [id],
    );
    await speakGerman();
    const explained = new ExplainedWrites(sequelize);
    await translate(100, explained);
    expect((await german()).length).toBeGreaterThanOrEqual(100);
    const steps = explained.plans.flatMap(stepsOf);
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.filter((step) => step['Actual Loops'] > 1).map((step) => step['Node Type'])).toEqual([]);
    const before = (await german()).length;
    expect(await translate(5_000)).toBe(3_001 - before);
    expect(await translate(5_000)).toBe(0);
  });

  it('are translated past those that somebody writes, who are waited for at the end', async () => {
    const [held, free] = [await makeTask(api, { title: 'Mühle' }), await makeTask(api, { title: 'Mühlen' })];
    await speakGerman();
    const release = await openTransaction(platform.database, `UPDATE tasks SET rank = '5' WHERE id = '${held.id}'`);
    expect(await translate(100)).toBe(1);
    expect(await german()).toEqual([free.title]);
    const last = translate(100);
    // It waits for the other transaction, which ends only then.
    await eventually(async () => {
      const waiting = await platform.query(`SELECT FROM pg_stat_activity WHERE datname = current_database()
        AND wait_event_type = 'Lock' AND query LIKE '%language = (SELECT workspace_language())%'`);
      expect(waiting).toHaveLength(1);
    });
    await release();
    expect(await last).toBe(1);
    expect(await german()).toEqual([held.title, free.title]);
    expect(await translate(100)).toBe(0);
  });
});
