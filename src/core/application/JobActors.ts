import type { WorkspaceActor } from '../domain/Actor';
import type { UserId, WorkspaceId } from '../domain/Id';

/**
 * Whom a job acts for, as they are when it runs: what they were allowed when it was added counts for nothing. The job
 * then asks `requirePermission`, as a route does.
 */
export interface JobActors {
  /** @throws NotFoundError for somebody whose account or membership is not active, or no more */
  actor(workspaceId: WorkspaceId, userId: UserId): Promise<WorkspaceActor>;
}
