import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { requirePermission, type WorkspaceActor } from '../../../core/domain/Actor';
import type { TaskId } from '../../project';
import type { FileId } from '../domain/FileId';
import { DELETE_FILES } from '../domain/permissions';
import type { DeleteFile } from './DeleteFile';
import type { ReadAttachments } from './ReadAttachments';

/** Takes a file away from a task, and deletes it. */
export class DetachFile {
  constructor(
    private readonly readAttachments: ReadAttachments,
    private readonly deleteFile: DeleteFile,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws NotFoundError, PermissionDeniedError for what somebody else has uploaded */
  async execute(actor: WorkspaceActor, { taskId, id }: { taskId: TaskId; id: FileId }): Promise<void> {
    const { workspaceId, userId } = actor;
    await this.unitOfWork.run({ workspaceId }, async () => {
      const { uploadedBy } = await this.readAttachments.view(workspaceId, taskId, id);
      if (uploadedBy !== userId) requirePermission(actor, DELETE_FILES);
      await this.deleteFile.execute(workspaceId, id, { by: userId, taskId });
    });
  }
}
