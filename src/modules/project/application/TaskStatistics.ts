import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { CalendarDate } from '../domain/CalendarDate';
import type { Week } from '../domain/lastWeeks';
import type { ProjectId } from '../domain/ProjectId';
import type { TaskPriority } from '../domain/TaskPriority';
import type { TaskStatus } from '../domain/TaskStatus';

export interface TaskCounts {
  readonly total: number;
  /** To do, or in progress. */
  readonly open: number;
  /** Open, and due before now. */
  readonly overdue: number;
}

export interface TaskStatisticsView extends TaskCounts {
  readonly byStatus: Readonly<Record<TaskStatus, number>>;
  readonly byPriority: Readonly<Record<TaskPriority, TaskCounts>>;
  /** Who has most to do first; null for the tasks that nobody is to do. */
  readonly byAssignee: readonly (TaskCounts & { readonly assigneeId: UserId | null })[];
  /** How many were done in each week. */
  readonly throughput: readonly { readonly week: CalendarDate; readonly completed: number }[];
}

/** What is counted, and by which clock. */
export interface StatisticsRequest {
  readonly projectId: ProjectId | null;
  readonly now: Date;
  readonly weeks: readonly Week[];
}

export interface TaskStatistics {
  /** Of the tasks of a workspace, or of one of its projects, that are not deleted. */
  of(workspaceId: WorkspaceId, request: StatisticsRequest): Promise<TaskStatisticsView>;
}
