import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { TaskId, TaskQueries } from '../../project';
import type { FileId } from '../domain/FileId';
import type { AttachmentQueries, AttachmentView } from './AttachmentQueries';
import type { Download, DownloadFile } from './DownloadFile';

/** Shows the files that are attached to a task, as long as the task is there. */
export class ReadAttachments {
  constructor(
    private readonly taskQueries: TaskQueries,
    private readonly attachmentQueries: AttachmentQueries,
    private readonly downloadFile: DownloadFile,
  ) {}

  /** @throws NotFoundError */
  async list(workspaceId: WorkspaceId, taskId: TaskId, request: PageRequest): Promise<Page<AttachmentView>> {
    await this.taskQueries.task(workspaceId, taskId);
    return this.attachmentQueries.attachments(workspaceId, taskId, request);
  }

  /** @throws NotFoundError */
  async view(workspaceId: WorkspaceId, taskId: TaskId, id: FileId): Promise<AttachmentView> {
    await this.taskQueries.task(workspaceId, taskId);
    return this.attachmentQueries.attachment(workspaceId, taskId, id);
  }

  /** @throws NotFoundError, UnavailableError when this node can't reach it */
  async download(workspaceId: WorkspaceId, taskId: TaskId, id: FileId): Promise<Download> {
    return this.downloadFile.execute(workspaceId, await this.view(workspaceId, taskId, id));
  }
}
