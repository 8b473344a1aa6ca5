import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceCache } from '../../../core/application/WorkspaceCache';
import type { WorkspaceId } from '../../../core/domain/Id';
import { Moment } from '../../../core/domain/Moment';
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
  const { dueDate, completedAt, createdAt, updatedAt } = task;
  if (createdAt instanceof Date) return task;
  const moment = (text: unknown): Moment => new Moment(String(text));
  return {
    ...task,
    dueDate: dueDate && moment(dueDate),
    completedAt: completedAt && moment(completedAt),
    createdAt: moment(createdAt),
    updatedAt: moment(updatedAt),
  };
}
