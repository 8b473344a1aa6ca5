import type { Page, PageRequest } from '../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { RoleId } from '../domain/RoleId';

export interface PermissionView {
  readonly key: string;
  readonly resource: string;
  readonly action: string;
  readonly description: string;
}

export interface RoleView {
  readonly id: RoleId;
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  /** Built in, and read-only. */
  readonly system: boolean;
  readonly permissions: readonly string[];
  readonly memberCount: number;
}

/** A member as far as permissions go. */
export interface RoleHolderView {
  readonly status: 'active' | 'inactive' | 'banned';
  /** The keys of the roles they have. */
  readonly roles: readonly string[];
}

export interface RoleQueries {
  catalogue(): Promise<readonly PermissionView[]>;
  roles(workspaceId: WorkspaceId, request: PageRequest): Promise<Page<RoleView>>;
  /** @throws NotFoundError */
  role(workspaceId: WorkspaceId, id: RoleId): Promise<RoleView>;
  /** The keys of the roles of a workspace that hold a permission, in order; null when there is no such permission. */
  rolesWith(workspaceId: WorkspaceId, permission: string): Promise<readonly string[] | null>;
  /** @throws NotFoundError unless the person is a member */
  holder(workspaceId: WorkspaceId, userId: UserId): Promise<RoleHolderView>;
  /** All members who have a role, suspended or not. */
  holdersOf(workspaceId: WorkspaceId, id: RoleId): Promise<readonly UserId[]>;
}
