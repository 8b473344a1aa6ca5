import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceCache } from '../../../core/application/WorkspaceCache';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { TaskId } from '../domain/TaskId';
import type { TaskFilters, TaskQueries, TaskView } from './TaskQueries';

/** Lists of tasks, and how many there are, are looked up once as long as nothing happens in the workspace. */
export class CachedTaskQueries implements TaskQueries {
  constructor(
    private readonly storedTaskQueries: TaskQueries,
    private readonly workspaceCache: WorkspaceCache,
  ) {}

  task(workspaceId: WorkspaceId, id: TaskId): Promise<TaskView> {
    return this.storedTaskQueries.task(workspaceId, id);
  }

  tasksOf(workspaceId: WorkspaceId, ids: readonly TaskId[]): Promise<readonly TaskView[]> {
    return this.storedTaskQueries.tasksOf(workspaceId, ids);
  }

  async tasks(workspaceId: WorkspaceId, filters: TaskFilters, request: PageRequest): Promise<Page<TaskView>> {
    const look = () => this.storedTaskQueries.tasks(workspaceId, filters, request);
    // In which language words are found changes without an event.
    if (filters.q !== undefined) return look();
    const question = [Object.entries(filters).sort(), request];
    const page = await this.workspaceCache.answer('tasks', workspaceId, question, look);
    return { ...page, items: page.items.map(withMoments) };
  }
}

/** What was kept has texts in their place; what was looked up just now has them already. */
function withMoments(task: TaskView): TaskView {
  if (task.createdAt instanceof Date) return task;
  return {
    ...task,
    dueDate: task.dueDate && new Date(task.dueDate),
    completedAt: task.completedAt && new Date(task.completedAt),
    createdAt: new Date(task.createdAt),
    updatedAt: new Date(task.updatedAt),
  };
}
