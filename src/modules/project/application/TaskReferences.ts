import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { LabelId } from '../domain/LabelId';
import type { ProjectId } from '../domain/ProjectId';
import type { ProjectStatus } from '../domain/ProjectStatus';
import type { TaskId } from '../domain/TaskId';

/** What a task is to refer to. */
export interface References {
  readonly projectId?: ProjectId | null;
  readonly parentId?: TaskId | null;
  readonly assigneeId?: UserId | null;
  readonly labelIds?: readonly LabelId[];
}

/** What there is of that in the workspace. */
export interface Referred {
  /** Null when there is no such project. */
  readonly projectStatus: ProjectStatus | null;
  readonly parentIsThere: boolean;
  readonly parentIsSubtask: boolean;
  /** Whether the parent is of a project that is. Unlike the rest it may change. */
  readonly parentIsArchived: boolean;
  readonly assigneeIsMember: boolean;
  readonly labels: number;
}

/** Looks up, inside the open unit of work, what stays as it is until that ends: but for labels, which may go. */
export interface TaskReferences {
  lookUp(workspaceId: WorkspaceId, references: References): Promise<Referred>;
  hasSubtasks(workspaceId: WorkspaceId, id: TaskId): Promise<boolean>;
  /** Whether a person may be given work: an active member with an active account. */
  isActiveMember(workspaceId: WorkspaceId, userId: UserId): Promise<boolean>;
}
