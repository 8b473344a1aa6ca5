import type { WorkspaceId } from '../domain/Id';

/** Why somebody is refused, in a word that stays the same, and what would help. */
export interface PermissionExplanation {
  readonly reason: string;
  /** The keys of the roles of the workspace that hold the permission. */
  readonly grantableBy: readonly string[];
}

/** Explains to members why they lack a permission. The role context answers. */
export interface PermissionExplanations {
  explain(workspaceId: WorkspaceId, permission: string): Promise<PermissionExplanation>;
}
