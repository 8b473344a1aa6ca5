import type { WorkspaceId } from '../../../core/domain/Id';
import type { TaskId } from '../../project';
import type { FileId } from '../domain/FileId';

/** Which files are attached to which tasks. A file that is deleted is attached to nothing, and so is one of a purged task. */
export interface TaskAttachments {
  /** Inside the open unit of work. */
  add(workspaceId: WorkspaceId, taskId: TaskId, id: FileId): Promise<void>;
}
