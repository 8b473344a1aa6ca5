import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { TaskId } from '../../project';
import type { FileId } from '../domain/FileId';
import type { FileView } from './FileQueries';

export interface AttachmentView extends FileView {
  readonly taskId: TaskId;
}

export interface AttachmentQueries {
  /** @throws NotFoundError */
  attachment(workspaceId: WorkspaceId, taskId: TaskId, id: FileId): Promise<AttachmentView>;
  attachments(workspaceId: WorkspaceId, taskId: TaskId, request: PageRequest): Promise<Page<AttachmentView>>;
}
