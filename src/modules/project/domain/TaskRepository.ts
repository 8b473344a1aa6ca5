import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { ProjectId } from './ProjectId';
import type { Rank } from './Rank';
import type { Task } from './Task';
import type { TaskId } from './TaskId';
import type { TaskStatus } from './TaskStatus';

/** Where a task stands. */
export interface TaskPlace {
  readonly status: TaskStatus;
  readonly rank: Rank;
}

/** What it hands out is held against all others until the transaction ends. */
export interface TaskRepository {
  /** @throws NotFoundError also for a deleted one */
  get(workspaceId: WorkspaceId, id: TaskId): Promise<Task>;
  /** Those of them that are there, not deleted. */
  findAll(workspaceId: WorkspaceId, ids: readonly TaskId[]): Promise<Task[]>;
  /** Deleted or not. @throws NotFoundError */
  getDeleted(workspaceId: WorkspaceId, id: TaskId): Promise<Task>;
  /** The parts of a task that are there; or those that were deleted at the same moment as it was. */
  findSubtasks(workspaceId: WorkspaceId, id: TaskId, deletedAt: Date | null): Promise<Task[]>;
  /** What a person is to do yet, so many at most. */
  findOpenOf(workspaceId: WorkspaceId, userId: UserId, most: number): Promise<Task[]>;
  /** Not held. */
  findPlace(workspaceId: WorkspaceId, id: TaskId): Promise<TaskPlace | null>;
  /** The rank that follows this one in its status, or the first of all; null when there is none. */
  rankAfter(workspaceId: WorkspaceId, status: TaskStatus, rank: Rank | null): Promise<Rank | null>;
  /** The rank that precedes this one in its status, or the last of all; null when there is none. */
  rankBefore(workspaceId: WorkspaceId, status: TaskStatus, rank: Rank | null): Promise<Rank | null>;
  /** @throws ConflictError when it was changed since it was read, NotFoundError for a label that is gone */
  save(task: Task): Promise<void>;
  /** Those of a project that are there, and their parts. */
  findOfProject(workspaceId: WorkspaceId, projectId: ProjectId): Promise<Task[]>;
  /** Deletes them, without a word. */
  deleteOfProject(workspaceId: WorkspaceId, projectId: ProjectId, at: Date): Promise<void>;
  /**
   * Brings back, without a word, those that went with a project and can surely come back as they were.
   * @param deletedAt when it went
   * @param at when it comes back
   * @returns the others, each before its parts
   */
  restoreOfProject(workspaceId: WorkspaceId, projectId: ProjectId, deletedAt: Date, at: Date): Promise<Task[]>;
}
