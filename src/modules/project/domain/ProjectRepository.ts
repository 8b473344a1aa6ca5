import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { Project } from './Project';
import type { ProjectId } from './ProjectId';

export interface ProjectRepository {
  /** Held against all others until the transaction ends. @throws NotFoundError also for a deleted one */
  get(workspaceId: WorkspaceId, id: ProjectId): Promise<Project>;
  /** The same, deleted or not. @throws NotFoundError */
  getDeleted(workspaceId: WorkspaceId, id: ProjectId): Promise<Project>;
  /** Those that a person leads. */
  findLedBy(workspaceId: WorkspaceId, userId: UserId): Promise<Project[]>;
  /** @throws ConflictError `PROJECT_KEY_TAKEN`, or when it was changed since it was read */
  save(project: Project): Promise<void>;
}
