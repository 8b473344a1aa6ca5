import type { Page, PageRequest } from '../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { TaskId } from '../domain/TaskId';

export interface WatcherView {
  readonly userId: UserId;
  readonly name: string;
}

/** Who wants to hear of a task. It is nobody else's concern, so nothing is announced. */
export interface TaskWatchers {
  /** Of these, those who are members; who watches already goes on. Inside a unit of work. */
  add(workspaceId: WorkspaceId, id: TaskId, userIds: readonly UserId[]): Promise<void>;
  remove(workspaceId: WorkspaceId, id: TaskId, userId: UserId): Promise<void>;
  /** All of them. */
  all(workspaceId: WorkspaceId, id: TaskId): Promise<readonly UserId[]>;
  of(workspaceId: WorkspaceId, id: TaskId, request: PageRequest): Promise<Page<WatcherView>>;
}
