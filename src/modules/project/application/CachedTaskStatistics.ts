import type { WorkspaceCache } from '../../../core/application/WorkspaceCache';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { StatisticsRequest, TaskStatistics, TaskStatisticsView } from './TaskStatistics';

/** Tasks are counted once as long as nothing happens in the workspace; what is overdue may be so for up to a minute. */
export class CachedTaskStatistics implements TaskStatistics {
  constructor(
    private readonly storedTaskStatistics: TaskStatistics,
    private readonly workspaceCache: WorkspaceCache,
  ) {}

  of(workspaceId: WorkspaceId, request: StatisticsRequest): Promise<TaskStatisticsView> {
    const { projectId, weeks } = request;
    return this.workspaceCache.answer('task-statistics', workspaceId, [projectId, weeks], () =>
      this.storedTaskStatistics.of(workspaceId, request),
    );
  }
}
