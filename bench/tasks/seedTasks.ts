import { Client } from 'pg';

/** How many projects each workspace has its tasks in. */
const PROJECTS = 20;

/**
 * By a superuser with the triggers off, so that what they keep is filled here, too. Tasks of all workspaces lie side by
 * side, as they do where many people work at a time. Indexes are made when all is there, which takes a third of the time.
 */
const statements = (tasks: number): readonly string[] => [
  `SET session_replication_role = replica; SET synchronous_commit = off;
   SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'; SET client_min_messages = warning`,
  `CREATE TEMP TABLE people AS
   SELECT workspace_id, array_agg(user_id ORDER BY joined_at) AS users,
     (row_number() OVER (ORDER BY workspace_id) - 1)::int AS place
   FROM members GROUP BY workspace_id`,
  `INSERT INTO projects (workspace_id, id, name, key, status, created_by, created_at, updated_at, version)
   SELECT workspace_id, uuidv7(), 'Project ' || p, 'P' || p, 'active', users[1], now(), now(), 1
   FROM people, generate_series(1, ${PROJECTS}) AS p`,
  `CREATE TEMP TABLE places AS
   SELECT place, workspace_id, users, array(SELECT id FROM projects WHERE projects.workspace_id = people.workspace_id)
     AS projects FROM people ORDER BY place`,
  `CREATE TEMP TABLE later AS
   SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
   FROM pg_index WHERE indrelid = 'tasks'::regclass AND NOT indisprimary`,
  `DO $$ BEGIN EXECUTE (SELECT string_agg('DROP INDEX ' || name, '; ') FROM later); END $$`,
  `INSERT INTO tasks (workspace_id, id, title, description, status, priority, assignee_id, project_id, due_date, rank,
     created_by, completed_at, created_at, updated_at, version, language)
   SELECT workspace_id, uuidv7(), 'Write part ' || t, repeat('Chapter after chapter ', 5),
     (ARRAY['todo', 'todo', 'done', 'in_progress'])[1 + turn % 4],
     (ARRAY['low', 'medium', 'high', 'urgent'])[1 + turn / 4 % 4],
     users[1 + turn % cardinality(users)], projects[1 + turn % ${PROJECTS}],
     CASE WHEN turn % 3 > 0 THEN timestamptz '2026-01-01' + turn * interval '1 minute' END, lpad(t::text, 7, '0') || '1',
     users[1], CASE WHEN turn % 4 = 2 THEN now() END, timestamptz '2026-01-01' + t * interval '1 second',
     timestamptz '2026-01-01' + t * interval '1 second', 1, 'english'
   FROM generate_series(0, ${tasks - 1}) AS t JOIN places ON place = t % (SELECT count(*) FROM places),
     LATERAL (SELECT t / (SELECT count(*) FROM places)::int AS turn) AS turns`,
  `DO $$ BEGIN EXECUTE (SELECT string_agg(definition, '; ') FROM later); END $$`,
  `INSERT INTO task_words (workspace_id, word, task_id)
   SELECT workspace_id, word, id FROM tasks, unnest(tsvector_to_array(words)) AS word ORDER BY 1, 2, 3`,
  `INSERT INTO task_watchers (workspace_id, task_id, user_id)
   SELECT workspace_id, id, created_by FROM tasks ORDER BY 1, 2`,
  'VACUUM ANALYZE',
  'CHECKPOINT',
];

/** A task that can be worked at, and the project that it is in. */
export interface Todo {
  readonly id: string;
  readonly workspaceId: string;
  readonly projectId: string;
}

/** Gives the workspaces that there are so many tasks. @returns some of those that are to do, at random */
export async function seedTasks(adminUrl: string, tasks: number, todos: number): Promise<Todo[]> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  for (const statement of statements(tasks)) await client.query(statement);
  const { rows } = await client.query<Todo>(
    `SELECT id, workspace_id AS "workspaceId", project_id AS "projectId"
     FROM tasks WHERE status = 'todo' ORDER BY random() LIMIT $1`,
    [todos],
  );
  await client.end();
  return rows;
}
