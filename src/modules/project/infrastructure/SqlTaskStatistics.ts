import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement, type Statement } from '../../../core/infrastructure/database/Statement';
import type { StatisticsRequest, TaskCounts, TaskStatistics, TaskStatisticsView } from '../application/TaskStatistics';
import { TASK_PRIORITIES, type TaskPriority } from '../domain/TaskPriority';
import { TASK_STATUSES, type TaskStatus } from '../domain/TaskStatus';

interface Row extends TaskCounts {
  /** What the row counts by; the column of that name has the value. */
  readonly by: 'all' | 'status' | 'priority' | 'assignee' | 'week';
  readonly status: TaskStatus | null;
  readonly priority: TaskPriority | null;
  readonly assigneeId: UserId | null;
  /** From 1 on; 0 for what was done before the first week. */
  readonly week: number | null;
}

/** All that is counted, by one walk over an index that holds whatever it takes. */
const counted = (where: string): string => `
  SELECT CASE grouping(status, priority, assignee_id, week)
           WHEN 7 THEN 'status' WHEN 11 THEN 'priority' WHEN 13 THEN 'assignee' WHEN 14 THEN 'week' ELSE 'all'
         END AS by,
    status, priority, assignee_id AS "assigneeId", week,
    count(*)::int AS total,
    count(*) FILTER (WHERE open)::int AS open,
    count(*) FILTER (WHERE open AND due_date < $2)::int AS overdue
  FROM (
    SELECT status, priority, assignee_id, due_date, status IN ('todo', 'in_progress') AS open,
      width_bucket(completed_at, $3::timestamptz[]) AS week
    FROM tasks WHERE workspace_id = $1 AND deleted_at IS NULL ${where}
  ) AS counted
  GROUP BY GROUPING SETS ((), (status), (priority), (assignee_id), (week))`;

const OF_WORKSPACE = statement('project.statistics-of-workspace', counted(''));
const OF_PROJECT = statement('project.statistics-of-project', counted('AND project_id = $4'));

/** So many assignees are told at most. */
const MOST_ASSIGNEES = 100;

export class SqlTaskStatistics implements TaskStatistics {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async of(workspaceId: WorkspaceId, request: StatisticsRequest): Promise<TaskStatisticsView> {
    const { projectId, now, weeks } = request;
    const begins = weeks.map((week) => week.begins);
    const [query, values]: [Statement, unknown[]] = projectId
      ? [OF_PROJECT, [workspaceId, now, begins, projectId]]
      : [OF_WORKSPACE, [workspaceId, now, begins]];
    return toView(await this.unitOfWork.read<Row>({ workspaceId }, query, values), request);
  }
}

function toView(rows: readonly Row[], { weeks }: StatisticsRequest): TaskStatisticsView {
  const all = (by: Row['by']): Row[] => rows.filter((row) => row.by === by);
  const statuses = TASK_STATUSES.map((status) => {
    const row = all('status').find((each) => each.status === status);
    return [status, row?.total ?? 0] as const;
  });
  const priorities = TASK_PRIORITIES.map(
    (priority) => [priority, countsOf(all('priority').find((row) => row.priority === priority))] as const,
  );
  const assignees = all('assignee').sort((one, other) => other.open - one.open || other.total - one.total);
  return {
    ...countsOf(all('all')[0]),
    byStatus: Object.fromEntries(statuses) as TaskStatisticsView['byStatus'],
    byPriority: Object.fromEntries(priorities) as TaskStatisticsView['byPriority'],
    byAssignee: assignees.slice(0, MOST_ASSIGNEES).map((row) => ({ assigneeId: row.assigneeId, ...countsOf(row) })),
    throughput: weeks.map(({ monday }, at) => ({
      week: monday,
      completed: all('week').find((row) => row.week === at + 1)?.total ?? 0,
    })),
  };
}

const countsOf = ({ total = 0, open = 0, overdue = 0 }: Partial<TaskCounts> = {}): TaskCounts => ({
  total,
  open,
  overdue,
});
