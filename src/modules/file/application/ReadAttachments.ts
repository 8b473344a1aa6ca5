import type { Download, Downloads } from '../../../core/application/Downloads';
import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { TaskId, TaskQueries } from '../../project';
import type { FileId } from '../domain/FileId';
import { isShown } from '../domain/fileType';
import { fileKey } from '../domain/UploadedFile';
import type { AttachmentQueries, AttachmentView } from './AttachmentQueries';

/** Shows the files that are attached to a task, as long as the task is there. */
export class ReadAttachments {
  constructor(
    private readonly taskQueries: TaskQueries,
    private readonly attachmentQueries: AttachmentQueries,
    private readonly downloads: Downloads,
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

  /**
   * As what its content is, and for the disk unless it is a picture.
   * @throws NotFoundError, UnavailableError when this node can't reach it
   */
  async download(workspaceId: WorkspaceId, taskId: TaskId, id: FileId): Promise<Download> {
    const { bytes, sha256, type, name } = await this.view(workspaceId, taskId, id);
    return this.downloads.of({ key: fileKey(workspaceId, id), bytes, sha256 }, { type, name, inline: isShown(type) });
  }
}
