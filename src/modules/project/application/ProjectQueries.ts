import type { Page, PageRequest } from '../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { ProjectState } from '../domain/Project';
import type { ProjectId } from '../domain/ProjectId';
import type { ProjectStatus } from '../domain/ProjectStatus';

export interface ProjectView extends Omit<ProjectState, 'workspaceId' | 'deletedAt'> {
  readonly version: number;
}

export interface ProjectFilters {
  readonly status?: ProjectStatus;
  readonly leadId?: UserId;
}

export interface ProjectQueries {
  /** @throws NotFoundError also for a deleted one */
  project(workspaceId: WorkspaceId, id: ProjectId): Promise<ProjectView>;
  projects(workspaceId: WorkspaceId, filters: ProjectFilters, request: PageRequest): Promise<Page<ProjectView>>;
}
