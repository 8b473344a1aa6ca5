import type { Page, PageRequest } from '../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { PagedQuery } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { TaskWatchers, WatcherView } from '../application/TaskWatchers';
import type { TaskId } from '../domain/TaskId';

const ADD = statement(
  'project.add-watchers',
  `INSERT INTO task_watchers (workspace_id, task_id, user_id)
   SELECT workspace_id, $2, user_id FROM members WHERE workspace_id = $1 AND user_id = ANY ($3::uuid[])
   ON CONFLICT DO NOTHING`,
);
const REMOVE = statement(
  'project.remove-watcher',
  'DELETE FROM task_watchers WHERE workspace_id = $1 AND task_id = $2 AND user_id = $3',
);
const ALL = statement(
  'project.all-watchers',
  'SELECT user_id AS id FROM task_watchers WHERE workspace_id = $1 AND task_id = $2',
);

const LIST = new PagedQuery<WatcherView>({
  name: 'project.watchers',
  select: 'SELECT users.id AS "userId", users.name',
  from: 'task_watchers JOIN users ON users.id = task_watchers.user_id',
  where: 'task_watchers.workspace_id = $1 AND task_watchers.task_id = $2',
  sorts: { name: { by: 'users.name', type: 'text' } },
  id: 'users.id',
  countFrom: 'task_watchers',
});

export class SqlTaskWatchers implements TaskWatchers {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async add(workspaceId: WorkspaceId, id: TaskId, userIds: readonly UserId[]): Promise<void> {
    await this.unitOfWork.execute(ADD, [workspaceId, id, userIds]);
  }

  async remove(workspaceId: WorkspaceId, id: TaskId, userId: UserId): Promise<void> {
    await this.unitOfWork.execute(REMOVE, [workspaceId, id, userId]);
  }

  async all(workspaceId: WorkspaceId, id: TaskId): Promise<readonly UserId[]> {
    const watchers = await this.unitOfWork.read<{ id: UserId }>({ workspaceId }, ALL, [workspaceId, id]);
    return watchers.map((watcher) => watcher.id);
  }

  of(workspaceId: WorkspaceId, id: TaskId, request: PageRequest): Promise<Page<WatcherView>> {
    return LIST.run(this.unitOfWork, { workspaceId }, [workspaceId, id], [], request);
  }
}
