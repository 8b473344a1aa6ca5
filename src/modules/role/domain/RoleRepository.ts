import type { UserId, WorkspaceId } from '../../../core/domain/Id';

/** Which roles there are in a workspace, and who has which. */
export interface RoleRepository {
  /** Adds the built-in roles to a new workspace. */
  addBuiltIn(workspaceId: WorkspaceId, now: Date): Promise<void>;
  /** Gives a member roles by their keys. */
  assign(workspaceId: WorkspaceId, userId: UserId, roleKeys: readonly string[]): Promise<void>;
  /** Makes one member an owner and the other, who was one, an admin. */
  handOverOwnership(workspaceId: WorkspaceId, from: UserId, to: UserId): Promise<void>;
  /** What a role holds; null when the workspace has no such role. */
  permissionsOf(workspaceId: WorkspaceId, roleKey: string): Promise<readonly string[] | null>;
  /** What an active member holds by all their roles; nothing for anybody else. */
  permissionsOfMember(workspaceId: WorkspaceId, userId: UserId): Promise<ReadonlySet<string>>;
  /** Whether a member has a role, suspended or not. */
  has(workspaceId: WorkspaceId, userId: UserId, roleKey: string): Promise<boolean>;
  /** The active members who have a role. */
  membersWith(workspaceId: WorkspaceId, roleKey: string): Promise<readonly UserId[]>;
}
