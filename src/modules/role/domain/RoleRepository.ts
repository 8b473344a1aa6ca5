import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { Role } from './Role';
import type { RoleId } from './RoleId';

/** Which roles there are in a workspace, and who has which. */
export interface RoleRepository {
  /** Adds the built-in roles to a new workspace. */
  addBuiltIn(workspaceId: WorkspaceId, now: Date): Promise<void>;
  /** @throws NotFoundError */
  get(workspaceId: WorkspaceId, id: RoleId): Promise<Role>;
  /** @throws ConflictError `ROLE_KEY_TAKEN`, or `CONFLICT` when it was changed since it was read */
  save(role: Role): Promise<void>;
  /** @throws ConflictError `ROLE_IN_USE`, or `CONFLICT` when it was changed since it was read */
  remove(role: Role): Promise<void>;
  /** The keys of all permissions there are. */
  catalogue(): Promise<ReadonlySet<string>>;
  /** Gives a member roles by their keys. */
  assign(workspaceId: WorkspaceId, userId: UserId, roleKeys: readonly string[]): Promise<void>;
  /** Takes roles from a member by their keys. */
  unassign(workspaceId: WorkspaceId, userId: UserId, roleKeys: readonly string[]): Promise<void>;
  /**
   * The keys of the roles that a member has, suspended or not, in order.
   * @throws NotFoundError for somebody who is no member
   */
  rolesOf(workspaceId: WorkspaceId, userId: UserId): Promise<readonly string[]>;
  /** What a role holds; null when the workspace has no such role. */
  permissionsOf(workspaceId: WorkspaceId, roleKey: string): Promise<readonly string[] | null>;
  /** What an active member holds by all their roles; nothing for anybody else. */
  permissionsOfMember(workspaceId: WorkspaceId, userId: UserId): Promise<ReadonlySet<string>>;
  /** Whether a member has a role, suspended or not. */
  has(workspaceId: WorkspaceId, userId: UserId, roleKey: string): Promise<boolean>;
  /** The active members who have a role. */
  membersWith(workspaceId: WorkspaceId, roleKey: string): Promise<readonly UserId[]>;
}
