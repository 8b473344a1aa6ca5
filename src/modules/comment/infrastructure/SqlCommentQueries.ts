import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import { PagedQuery } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { TaskId } from '../domain/TaskId';
import type { CommentQueries, CommentView } from '../application/CommentQueries';
import type { CommentId } from '../domain/CommentId';
import { COMMENT_COLUMNS, COMMENT_OF_TASK } from './commentColumns';

const FIND = statement('comment.view', `SELECT ${COMMENT_COLUMNS} ${COMMENT_OF_TASK}`);

const LIST = new PagedQuery<CommentView>({
  name: 'comment.list',
  select: `SELECT ${COMMENT_COLUMNS}`,
  from: 'task_comments',
  where: 'task_comments.workspace_id = $1 AND task_comments.task_id = $2',
  sorts: { createdAt: { by: 'task_comments.created_at', type: 'timestamptz' } },
  id: 'task_comments.id',
});

export class SqlCommentQueries implements CommentQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async comment(workspaceId: WorkspaceId, taskId: TaskId, id: CommentId): Promise<CommentView> {
    return found(await this.unitOfWork.read<CommentView>({ workspaceId }, FIND, [workspaceId, taskId, id]));
  }

  comments(workspaceId: WorkspaceId, taskId: TaskId, request: PageRequest): Promise<Page<CommentView>> {
    return LIST.run(this.unitOfWork, { workspaceId }, [workspaceId, taskId], [], request);
  }
}
