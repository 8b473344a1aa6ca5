import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { TaskId } from '../domain/TaskId';

export interface DueTask {
  readonly taskId: TaskId;
  readonly title: string;
  readonly assigneeId: UserId | null;
  readonly dueDate: Date;
}

/** Open tasks that are due some time after now, and of which that was not told yet; none of an archived project. */
export interface DueTasks {
  /** The workspaces that have any before a moment, across tenants, each with the time zone of its days. */
  workspaces(
    now: Date,
    until: Date,
  ): Promise<readonly { readonly workspaceId: WorkspaceId; readonly timezone: string }[]>;
  /** Takes so many of them, the first first, and notes that they are told; inside a unit of work. */
  take(workspaceId: WorkspaceId, now: Date, until: Date, most: number): Promise<readonly DueTask[]>;
  /** Forgets what was noted of due dates before a moment, across tenants. */
  forget(before: Date): Promise<void>;
}
