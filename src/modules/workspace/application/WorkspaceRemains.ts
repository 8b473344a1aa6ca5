import type { WorkspaceId } from '../../../core/domain/Id';

/** What deleted workspaces have left behind in the tables of all modules. */
export interface WorkspaceRemains {
  /** The workspaces whose time to be restored is over. */
  due(): Promise<readonly WorkspaceId[]>;
  /** Deletes all there is of one, inside the open unit of work. @returns false when it is not due, or gone already */
  purge(workspaceId: WorkspaceId): Promise<boolean>;
}
