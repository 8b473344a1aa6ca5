import 'reflect-metadata';
import { Client } from 'pg';
import type { Sequelize } from 'sequelize-typescript';
import { FakeClock } from '../../../../../tests/fixtures/FakeClock';
import { createTestDatabase, type TestDatabase } from '../../../../../tests/support/databases';
import { ExplainedReads } from '../../../../../tests/support/ExplainedReads';
import type { PageRequest } from '../../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../../core/domain/Id';
import { createSequelize } from '../../../../core/infrastructure/database/createSequelize';
import type { TaskFilters } from '../../application/TaskQueries';
import type { LabelId } from '../../domain/LabelId';
import type { ProjectId } from '../../domain/ProjectId';
import type { TaskId } from '../../domain/TaskId';
import { lastWeeks } from '../../domain/lastWeeks';
import { SqlDeletedWorkQueries } from '../../infrastructure/SqlDeletedWorkQueries';
import { SqlTaskQueries } from '../../infrastructure/SqlTaskQueries';
import { SqlTaskStatistics } from '../../infrastructure/SqlTaskStatistics';

const WORKSPACES = 20;
const TASKS = 10_000;

/** 200,000 tasks; ids are hashes of what they are, so that the test knows them. No trigger fires, and none is needed. */
const SEED = `
  SET session_replication_role = replica;
  INSERT INTO projects (workspace_id, id, name, key, status, created_by, created_at, updated_at, version)
  SELECT md5('workspace' || w)::uuid, md5('project' || w || '-' || p)::uuid, 'Project ' || p, 'P' || p, 'active',
    md5('user' || p)::uuid, now(), now(), 1
  FROM generate_series(1, ${WORKSPACES}) AS w, generate_series(0, 19) AS p;
  INSERT INTO tasks (workspace_id, id, title, status, priority, assignee_id, project_id, parent_id, due_date, rank,
    created_by, completed_at, created_at, updated_at, version, language)
  SELECT md5('workspace' || w)::uuid, md5('task' || w || '-' || t)::uuid,
    'common word' || t % 3000, (ARRAY['todo', 'in_progress', 'done', 'cancelled'])[1 + t % 4],
    (ARRAY['low', 'medium', 'high', 'urgent'])[1 + t / 4 % 4], md5('user' || t % 50)::uuid,
    md5('project' || w || '-' || t % 20)::uuid, CASE WHEN t % 10 = 0 THEN md5('task' || w || '-' || t - 1)::uuid END,
    CASE WHEN t % 3 > 0 THEN timestamptz '2026-01-01' + t % 1000 * interval '1 day' END, lpad(t::text, 7, '0') || '1',
    md5('user' || t % 50)::uuid, CASE WHEN t % 4 = 2 THEN now() END, timestamptz '2026-01-01' + t * interval '1 minute',
    timestamptz '2026-02-01' + t * interval '1 minute', 1, 'english'
  FROM generate_series(1, ${WORKSPACES}) AS w, generate_series(1, ${TASKS}) AS t;
  INSERT INTO task_words (workspace_id, word, task_id)
  SELECT workspace_id, word, id FROM tasks, unnest(tsvector_to_array(words)) AS word ORDER BY 1, 2, 3;
  INSERT INTO task_labels (workspace_id, task_id, label_id)
  SELECT workspace_id, id, md5('label' || CASE WHEN right(rank, 3) = '991' THEN 'rare' ELSE 'common' END)::uuid FROM tasks;
  ANALYZE projects, tasks, task_words, task_labels;
`;

const SORTS = ['createdAt', '-updatedAt', 'dueDate', '-priority', 'rank', '-relevance'];
const EPOCH = '2026-01-01T00:00:00.000Z';
const KEYS: Readonly<Record<string, string>> = { '-priority': '2', rank: '00005001', '-relevance': '0.5' };

describe('Each list of tasks, among 200,000 of several workspaces', () => {
  let database: TestDatabase;
  let sequelize: Sequelize;
  let client: Client;

  const idOf = async <Id extends string>(name: string): Promise<Id> => {
    const { rows } = await client.query<{ id: Id }>('SELECT md5($1)::uuid AS id', [name]);
    if (!rows[0]) throw new Error(`There is no id of ${name}.`);
    return rows[0].id;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    await client.query(SEED);
    sequelize = createSequelize(database.address, { min: 1, max: 2 }, []);
  });

  afterAll(async () => {
    await sequelize.close();
    await client.end();
    await database.drop();
  });

  it('is served by an index, whatever its filters, its order, and the way it is paged', async () => {
    const reads = new ExplainedReads(sequelize, ['project.matching-tasks', 'project.tasks-of-label']);
    const queries = new SqlTaskQueries(reads);
    const [workspaceId, taskId] = [await idOf<WorkspaceId>('workspace7'), await idOf<TaskId>('task7-8')];
    const choices: readonly TaskFilters[] = [
      { status: 'todo' },
      { priority: 'urgent' },
      { assigneeId: await idOf<UserId>('user7') },
      { projectId: await idOf<ProjectId>('project7-7') },
      { parentId: taskId },
      { dueBefore: new Date('2026-06-01') },
      { dueAfter: new Date('2026-03-01') },
    ];
    const labels: readonly TaskFilters[] = [
      {},
      { labelId: await idOf<LabelId>('labelrare') },
      { labelId: await idOf<LabelId>('labelcommon') },
    ];
    const words: readonly TaskFilters[] = [{}, { q: 'common word17' }, { q: 'common' }];
    const pages = (sort: string): readonly Partial<PageRequest>[] => [
      {},
      { after: [KEYS[sort] ?? EPOCH, taskId] },
      { offset: 40 },
    ];
    let turn = 0;
    for (let chosen = 0; chosen < 2 ** choices.length; chosen += 1) {
      const filters = Object.assign(
        {},
        ...choices.filter((_, at) => Math.floor(chosen / 2 ** at) % 2 === 1),
      ) as TaskFilters;
      for (const sort of SORTS) {
        turn += 1;
        const [label, word] = [labels[turn % 3], words[Math.floor(turn / 3) % 3]];
        const page = pages(sort)[Math.floor(turn / 2) % 3];
        // An order by relevance takes words.
        const q = sort !== '-relevance' || word?.q ? word : { q: chosen % 2 ? 'common' : 'common word17' };
        await queries.tasks(workspaceId, { ...filters, ...label, ...q }, { limit: 20, sort, ...page });
      }
    }
    expect(reads.size).toBeGreaterThan(1_000);
    expect(await reads.steps(database, 'Seq Scan')).toEqual([]);
  });

  it('is so of those that were deleted, too', async () => {
    const reads = new ExplainedReads(sequelize, []);
    const queries = new SqlDeletedWorkQueries(reads, new FakeClock());
    const workspaceId = await idOf<WorkspaceId>('workspace7');
    for (const sort of ['deletedAt', '-deletedAt']) {
      for (const page of [{}, { after: [EPOCH, workspaceId] as const }, { offset: 40 }]) {
        await queries.tasks(workspaceId, { limit: 20, sort, ...page });
        await queries.projects(workspaceId, { limit: 20, sort, ...page });
      }
    }
    expect(reads.size).toBe(14);
    expect(await reads.steps(database, 'Seq Scan')).toEqual([]);
  });

  it('is counted out of an index that holds all that is counted', async () => {
    // As the database itself does now and then: until then it has to look at rows to see whether they are there.
    await client.query('VACUUM tasks');
    const reads = new ExplainedReads(sequelize, []);
    const statistics = new SqlTaskStatistics(reads);
    const request = { now: new Date(), weeks: lastWeeks(12, new Date(), 'UTC') };
    for (const projectId of [null, await idOf<ProjectId>('project7-7')]) {
      await statistics.of(await idOf<WorkspaceId>('workspace7'), { ...request, projectId });
    }
    expect(reads.size).toBe(2);
    expect(await reads.steps(database, 'Seq Scan', 'Index Scan', 'Bitmap Heap Scan')).toEqual([]);
  });

  it('is in the order of an index already, as long as no filter takes most of it away', async () => {
    const reads = new ExplainedReads(sequelize, []);
    const queries = new SqlTaskQueries(reads);
    const workspaceId = await idOf<WorkspaceId>('workspace7');
    for (const sort of SORTS.filter((each) => each !== '-relevance')) {
      const filters: TaskFilters = sort === 'rank' ? { status: 'todo' } : {};
      for (const page of [{}, { after: [KEYS[sort] ?? EPOCH, workspaceId] as const }]) {
        await queries.tasks(workspaceId, filters, { limit: 20, sort, ...page });
      }
    }
    expect(reads.size).toBe(10);
    expect(await reads.steps(database, 'Seq Scan', 'Sort')).toEqual([]);
  });
});
