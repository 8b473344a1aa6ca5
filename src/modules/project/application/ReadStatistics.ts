import type { Clock } from '../../../core/application/Clock';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { WorkspaceQueries } from '../../workspace';
import { lastWeeks } from '../domain/lastWeeks';
import type { ProjectId } from '../domain/ProjectId';
import type { ProjectQueries } from './ProjectQueries';
import type { TaskStatistics, TaskStatisticsView } from './TaskStatistics';

/** How far back throughput is told. */
const WEEKS = 12;

export interface StatisticsView extends TaskStatisticsView {
  /** The time zone whose weeks they are. */
  readonly timezone: string;
}

/** How work goes on, by the clocks of the workspace. */
export class ReadStatistics {
  constructor(
    private readonly taskStatistics: TaskStatistics,
    private readonly projectQueries: ProjectQueries,
    private readonly workspaceQueries: WorkspaceQueries,
    private readonly clock: Clock,
  ) {}

  ofWorkspace(workspaceId: WorkspaceId): Promise<StatisticsView> {
    return this.read(workspaceId, null);
  }

  /** @throws NotFoundError */
  async ofProject(workspaceId: WorkspaceId, projectId: ProjectId): Promise<StatisticsView> {
    await this.projectQueries.project(workspaceId, projectId);
    return this.read(workspaceId, projectId);
  }

  private async read(workspaceId: WorkspaceId, projectId: ProjectId | null): Promise<StatisticsView> {
    const { timezone = 'UTC' } = (await this.workspaceQueries.workspace(workspaceId)).settings;
    const now = this.clock.now();
    const weeks = lastWeeks(WEEKS, now, timezone);
    return { timezone, ...(await this.taskStatistics.of(workspaceId, { projectId, now, weeks })) };
  }
}
