import type { WorkspaceId } from '../../../core/domain/Id';
import type { Workspace } from './Workspace';

/** Finds deleted workspaces too, until they are purged: what may be done in those is the workspace's to say. */
export interface WorkspaceRepository {
  /** @throws NotFoundError */
  get(id: WorkspaceId): Promise<Workspace>;
  /**
   * Waits until no other transaction holds the workspace, and holds it: rules that span members are checked one at a time.
   * Whoever waited with an older snapshot fails instead of judging by what is no longer so.
   * @throws NotFoundError, ConflictError `CONFLICT`
   */
  lock(id: WorkspaceId): Promise<Workspace>;
  /** @throws ConflictError `SLUG_TAKEN`, or `CONFLICT` when it was changed since it was read. */
  save(workspace: Workspace): Promise<void>;
}
