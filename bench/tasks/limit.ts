import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { newId } from '../../src/core/domain/Id';
import { newRank } from '../../src/modules/project/domain/Rank';
import { pool, publish, query, write } from '../writes';

/**
 * The least that a server can do to list, read, change and create tasks: node:http and pg, and the statements that the
 * platform runs for it, each prepared. No router, no credentials (who asks stands in a header), no validation, no
 * row-level security, and no look whether a list was kept.
 */
const COLUMNS = `tasks.id, tasks.title, tasks.description, tasks.status, tasks.priority,
  tasks.assignee_id AS "assigneeId", tasks.project_id AS "projectId", tasks.parent_id AS "parentId",
  array(SELECT label_id FROM task_labels
        WHERE task_labels.workspace_id = tasks.workspace_id AND task_labels.task_id = tasks.id ORDER BY label_id) AS "labelIds",
  tasks.due_date AS "dueDate", tasks.rank, tasks.created_by AS "createdBy", tasks.completed_at AS "completedAt",
  tasks.created_at AS "createdAt", tasks.updated_at AS "updatedAt", tasks.version`;
const VIEW = `SELECT ${COLUMNS} FROM tasks WHERE tasks.workspace_id = $1 AND tasks.deleted_at IS NULL AND id = $2`;
const LIST = `
  SELECT * FROM (
    SELECT ${COLUMNS}, (tasks.created_at)::text AS "$sort", tasks.id AS "$id" FROM tasks
    WHERE tasks.workspace_id = $1 AND tasks.deleted_at IS NULL
    ORDER BY tasks.created_at DESC, tasks.id DESC LIMIT 101
  ) AS page LIMIT $2`;
const HOLD = `
  SELECT ${COLUMNS}, tasks.workspace_id AS "workspaceId", tasks.deleted_at AS "deletedAt"
  FROM tasks WHERE workspace_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE`;
const CHANGE = `
  WITH saved AS (
    UPDATE tasks SET (title, description, status, priority, assignee_id, project_id, parent_id, due_date, rank,
      completed_at, updated_at, deleted_at, version)
    = ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 + 1)
    WHERE workspace_id = $1 AND id = $2 AND version = $15 RETURNING id
  ), unlabelled AS (
    DELETE FROM task_labels USING saved
    WHERE workspace_id = $1 AND task_id = saved.id AND label_id <> ALL ($16::uuid[])
  ), labelled AS (
    INSERT INTO task_labels (workspace_id, task_id, label_id)
    SELECT $1, id, label_id FROM saved, unnest($16::uuid[]) AS label_id ON CONFLICT DO NOTHING
  )
  SELECT id FROM saved`;
const ACTIVE_MEMBER = `(
  SELECT true FROM members JOIN users ON users.id = members.user_id
  WHERE members.workspace_id = $1 AND members.user_id = $4::uuid AND members.status = 'active' AND users.status = 'active'
  FOR SHARE OF members)`;
const LOOK_UP = `
  WITH parent AS (
    UPDATE tasks SET version = version WHERE workspace_id = $1 AND id = $3::uuid AND deleted_at IS NULL RETURNING parent_id
  )
  SELECT (SELECT status FROM projects WHERE workspace_id = $1 AND id = $2::uuid AND deleted_at IS NULL FOR SHARE)
      AS "projectStatus",
    EXISTS (SELECT FROM parent) AS "parentIsThere",
    EXISTS (SELECT FROM parent WHERE parent_id IS NOT NULL) AS "parentIsSubtask",
    coalesce(${ACTIVE_MEMBER}, false) AS "assigneeIsMember",
    (SELECT count(*)::int FROM labels WHERE workspace_id = $1 AND id = ANY ($5::uuid[])) AS labels`;
const ADD = `
  WITH saved AS (
    INSERT INTO tasks (workspace_id, id, title, description, status, priority, assignee_id, project_id, parent_id,
      due_date, rank, completed_at, updated_at, deleted_at, version, created_by, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 + 1, $17, $18) RETURNING id
  ), labelled AS (
    INSERT INTO task_labels (workspace_id, task_id, label_id)
    SELECT $1, id, label_id FROM saved, unnest($16::uuid[]) AS label_id
  )
  SELECT id FROM saved`;
const WATCH = `
  INSERT INTO task_watchers (workspace_id, task_id, user_id)
  SELECT workspace_id, $2, user_id FROM members WHERE workspace_id = $1 AND user_id = ANY ($3::uuid[])
  ON CONFLICT DO NOTHING`;

interface Task {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly status: string;
  readonly priority: string;
  readonly assigneeId: string | null;
  readonly projectId: string | null;
  readonly parentId: string | null;
  readonly dueDate: Date | null;
  readonly rank: string;
  readonly completedAt: Date | null;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
  readonly version: number;
  readonly labelIds: readonly string[];
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** In a workspace, by somebody. */
interface Asked {
  readonly workspaceId: string;
  readonly userId: string;
}

function valuesOf(workspaceId: string, task: Task): unknown[] {
  const { id, title, description, status, priority, assigneeId, projectId, parentId, dueDate, rank } = task;
  const { completedAt, updatedAt, deletedAt, version, labelIds } = task;
  const told = [workspaceId, id, title, description, status, priority, assigneeId, projectId, parentId, dueDate, rank];
  return [...told, completedAt, updatedAt, deletedAt, version, labelIds];
}

async function view({ workspaceId }: Asked, id: string): Promise<object | undefined> {
  const [task] = await query(pool, VIEW, [workspaceId, id]);
  return task;
}

async function list({ workspaceId }: Asked): Promise<object> {
  const rows = await query<Task & { $sort: string; $id: string }>(pool, LIST, [workspaceId, 21]);
  return rows.slice(0, 20).map(({ $sort, $id, ...task }) => task);
}

async function change(asked: Asked, id: string, { status }: Pick<Task, 'status'>): Promise<object | undefined> {
  const { workspaceId, userId: actorId } = asked;
  await write(workspaceId, async (client) => {
    const [was] = await query<Task>(client, HOLD, [workspaceId, id]);
    if (!was) throw new Error('There is no such task.');
    const at = new Date();
    const task = { ...was, status, rank: newRank(at), updatedAt: at };
    await query(client, CHANGE, valuesOf(workspaceId, task));
    const facts = { task, changed: ['status', 'rank'], before: { status: was.status, rank: was.rank } };
    const changes = [
      { field: 'status', before: was.status, after: status },
      { field: 'rank', before: was.rank, after: task.rank },
    ];
    await publish(client, { workspaceId, type: 'task.updated', actorId, at, resource: ['task', id], facts, changes });
  });
  return view(asked, id);
}

async function create(asked: Asked, told: Pick<Task, 'title' | 'priority' | 'projectId'>): Promise<object | undefined> {
  const { workspaceId, userId: actorId } = asked;
  const [id, at] = [newId<string>(), new Date()];
  const nothing = {
    description: null,
    assigneeId: null,
    parentId: null,
    dueDate: null,
    completedAt: null,
    deletedAt: null,
  };
  const made = { rank: newRank(at), createdBy: actorId, createdAt: at, updatedAt: at, version: 0 };
  const task = { ...nothing, ...told, ...made, id, status: 'todo', labelIds: [] };
  await write(workspaceId, async (client) => {
    await query(client, LOOK_UP, [workspaceId, told.projectId, null, null, []]);
    await query(client, ADD, [...valuesOf(workspaceId, task), actorId, at]);
    const happening = { workspaceId, type: 'task.created', actorId, at, facts: { task }, changes: [] };
    await publish(client, { ...happening, resource: ['task', id] });
    await query(client, WATCH, [workspaceId, id, [actorId]]);
  });
  return view(asked, id);
}

async function answer(request: IncomingMessage): Promise<object | undefined> {
  const { method, url = '', headers } = request;
  const asked = { workspaceId: String(headers['x-workspace-id']), userId: String(headers['x-user-id']) };
  if (method === 'POST') return create(asked, (await json(request)) as Task);
  const id = url.split('/').at(-1) ?? '';
  if (method === 'PATCH') return change(asked, id, (await json(request)) as Task);
  return id.startsWith('tasks') ? list(asked) : view(asked, id);
}

createServer((request, response) => {
  answer(request).then(
    (data) => {
      const content = JSON.stringify({ data });
      response.writeHead(data ? 200 : 404, {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': Buffer.byteLength(content),
      });
      response.end(content);
    },
    () => response.writeHead(request.method === 'GET' ? 404 : 500, { 'Content-Length': 0 }).end(),
  );
}).listen(Number(process.env.PORT), '127.0.0.1');
