import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import { PagedQuery } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { TaskId } from '../../project';
import type { AttachmentQueries, AttachmentView } from '../application/AttachmentQueries';
import type { FileId } from '../domain/FileId';

const SELECT = `SELECT id, task_id AS "taskId", name, type, bytes, sha256, uploaded_by AS "uploadedBy",
  created_at AS "createdAt"`;
const FROM = `task_attachments JOIN files USING (workspace_id, id)`;
const WHERE = 'workspace_id = $1 AND task_id = $2';

const FIND = statement('file.attachment', `${SELECT} FROM ${FROM} WHERE ${WHERE} AND id = $3`);

const LIST = new PagedQuery<AttachmentView>({
  name: 'file.attachments',
  select: SELECT,
  from: FROM,
  where: WHERE,
  sorts: { createdAt: { by: 'created_at', type: 'timestamptz' }, name: { by: 'name', type: 'text' } },
  id: 'id',
});

export class SqlAttachmentQueries implements AttachmentQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async attachment(workspaceId: WorkspaceId, taskId: TaskId, id: FileId): Promise<AttachmentView> {
    const values = [workspaceId, taskId, id];
    return found(await this.unitOfWork.read<AttachmentView>({ workspaceId }, FIND, values));
  }

  attachments(workspaceId: WorkspaceId, taskId: TaskId, request: PageRequest): Promise<Page<AttachmentView>> {
    return LIST.run(this.unitOfWork, { workspaceId }, [workspaceId, taskId], [], request);
  }
}
