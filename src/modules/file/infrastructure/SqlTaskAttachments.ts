import type { WorkspaceId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { TaskId } from '../../project';
import type { TaskAttachments } from '../application/TaskAttachments';
import type { FileId } from '../domain/FileId';

const ADD = statement('file.attach', 'INSERT INTO task_attachments (workspace_id, task_id, id) VALUES ($1, $2, $3)');

export class SqlTaskAttachments implements TaskAttachments {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async add(workspaceId: WorkspaceId, taskId: TaskId, id: FileId): Promise<void> {
    await this.unitOfWork.execute(ADD, [workspaceId, taskId, id]);
  }
}
