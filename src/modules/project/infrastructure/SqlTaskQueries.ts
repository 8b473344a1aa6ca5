import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import { PagedQuery, type Filter } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { TaskFilters, TaskQueries, TaskView } from '../application/TaskQueries';
import type { TaskId } from '../domain/TaskId';
import { matchingTasks } from './matchingTasks';
import { TASK_COLUMNS } from './taskColumns';

const THERE = 'tasks.workspace_id = $1 AND tasks.deleted_at IS NULL';

/** Those without a due date are never due. */
const DUE = `coalesce(tasks.due_date, 'infinity'::timestamptz)`;

const FIND = statement('project.task', `SELECT ${TASK_COLUMNS} FROM tasks WHERE ${THERE} AND id = $2`);

const FIND_ALL = statement(
  'project.tasks-by-id',
  `SELECT ${TASK_COLUMNS} FROM tasks WHERE ${THERE} AND id = ANY ($2::uuid[])`,
);

const LIST = {
  select: `SELECT ${TASK_COLUMNS}`,
  from: 'tasks',
  sorts: {
    createdAt: { by: 'tasks.created_at', type: 'timestamptz' },
    updatedAt: { by: 'tasks.updated_at', type: 'timestamptz' },
    dueDate: { by: DUE, type: 'timestamptz' },
    priority: { by: 'tasks.urgency', type: 'smallint' },
    rank: { by: 'tasks.rank', type: 'text' },
  },
  id: 'tasks.id',
} as const;

const ALL = new PagedQuery<TaskView>({ ...LIST, name: 'project.tasks', where: THERE });

/**
 * Words of titles have the last weight, those of descriptions the one before. Were they greater, a few words would make the
 * highest rank that there is, wherever they stand.
 */
const RANK = `ts_rank('{0, 0, 0.05, 0.15}', tasks.words, $2::tsquery)`;

const HAS_WORDS = `${THERE} AND tasks.words @@ $2::tsquery`;

const MATCHING = new PagedQuery<TaskView>({
  ...LIST,
  name: 'project.tasks-with-words',
  where: HAS_WORDS,
  sorts: { ...LIST.sorts, relevance: { by: RANK, type: 'real' } },
});

const MATCHING_IDS = new PagedQuery<{ id: TaskId }>({
  ...LIST,
  name: 'project.ids-of-tasks-with-words',
  select: 'SELECT tasks.id',
  where: HAS_WORDS,
});

const IS_ONE_OF = 'tasks.id = ANY (?::uuid[])';
const IS_LABELLED = `EXISTS (
  SELECT FROM task_labels
  WHERE task_labels.workspace_id = tasks.workspace_id AND task_labels.task_id = tasks.id AND task_labels.label_id = ?)`;

/** So many tasks of a label, or with common words, and one more, are looked up before the list is. */
const FEW = 2_000;

/**
 * Which tasks have a label, if they are few. To walk through all tasks until a page of them is found takes the longer the
 * fewer they are, and to sort them the longer the more they are: each way has its half.
 */
const LABELLED = statement(
  'project.tasks-of-label',
  `SELECT coalesce(array_agg(task_id), '{}') AS ids FROM (
     SELECT task_id FROM task_labels WHERE workspace_id = $1 AND label_id = $2 LIMIT ${FEW + 1}
   ) AS labelled`,
);

export class SqlTaskQueries implements TaskQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async task(workspaceId: WorkspaceId, id: TaskId): Promise<TaskView> {
    return found(await this.unitOfWork.read<TaskView>({ workspaceId }, FIND, [workspaceId, id]));
  }

  async tasksOf(workspaceId: WorkspaceId, ids: readonly TaskId[]): Promise<readonly TaskView[]> {
    const rows = await this.unitOfWork.read<TaskView>({ workspaceId }, FIND_ALL, [workspaceId, ids]);
    return ids.map((id) => found(rows.filter((row) => row.id === id)));
  }

  async tasks(workspaceId: WorkspaceId, filters: TaskFilters, request: PageRequest): Promise<Page<TaskView>> {
    const { q, labelId } = filters;
    const conditions = conditionsOf(filters);
    if (labelId) conditions.push(await this.ofLabel(workspaceId, labelId));
    if (q === undefined) return ALL.run(this.unitOfWork, { workspaceId }, [workspaceId], conditions, request);
    return this.withWords(workspaceId, q, conditions, request);
  }

  /**
   * Of a word that very many tasks have, the filters come first: the few that they leave are ranked. To rank more takes the
   * longer the more they are, and tells them apart the less: those are listed by time.
   */
  private async withWords(
    workspaceId: WorkspaceId,
    q: string,
    filters: readonly Filter[],
    request: PageRequest,
  ): Promise<Page<TaskView>> {
    const { query, ids, tooMany } = await matchingTasks(this.unitOfWork, workspaceId, q);
    const [scope, values] = [{ workspaceId }, [workspaceId, query]] as const;
    const list = (part: PageRequest, ...more: readonly Filter[]): Promise<Page<TaskView>> =>
      MATCHING.run(this.unitOfWork, scope, values, [...filters, ...more], part);
    const byTime = { ...request, sort: request.sort.replace('relevance', 'createdAt') };
    if (byTime.sort === request.sort || isMoment(request.after)) {
      return tooMany ? list(byTime) : list(byTime, [IS_ONE_OF, ids]);
    }
    if (!tooMany) return list(request, [IS_ONE_OF, ids]);
    const newest = { limit: FEW, sort: '-createdAt' };
    const { items, next } = await MATCHING_IDS.run(this.unitOfWork, scope, values, filters, newest);
    return next && !request.after ? list(byTime) : list(request, [IS_ONE_OF, items.map(({ id }) => id)]);
  }

  private async ofLabel(workspaceId: WorkspaceId, labelId: string): Promise<Filter> {
    const values = [workspaceId, labelId];
    const [row] = await this.unitOfWork.read<{ ids: TaskId[] }>({ workspaceId }, LABELLED, values);
    const ids = row?.ids ?? [];
    return ids.length > FEW ? [IS_LABELLED, labelId] : [IS_ONE_OF, ids];
  }
}

/** Whether a list by relevance began by time: it goes on so, though there be fewer by now; and by rank, though more. */
function isMoment(key: readonly [string, string] | undefined): boolean {
  return key !== undefined && Number.isNaN(Number(key[0]));
}

function conditionsOf(filters: TaskFilters): Filter[] {
  const { status, priority, assigneeId, projectId, parentId, dueBefore, dueAfter } = filters;
  const all: Filter[] = [
    ['tasks.status = ?', status],
    ['tasks.priority = ?', priority],
    ['tasks.assignee_id = ?', assigneeId],
    ['tasks.project_id = ?', projectId],
    ['tasks.parent_id = ?', parentId],
    [`${DUE} < ?`, dueBefore],
    [`${DUE} > ? AND tasks.due_date IS NOT NULL`, dueAfter],
  ];
  return all.filter(([, value]) => value !== undefined);
}
