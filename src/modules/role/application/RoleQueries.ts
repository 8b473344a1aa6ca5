import type { WorkspaceId } from '../../../core/domain/Id';

export interface PermissionView {
  readonly key: string;
  readonly resource: string;
  readonly action: string;
  readonly description: string;
}

export interface RoleView {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  /** Built in, and read-only. */
  readonly system: boolean;
  readonly permissions: readonly string[];
  readonly memberCount: number;
}

export interface RoleQueries {
  catalogue(): Promise<readonly PermissionView[]>;
  roles(workspaceId: WorkspaceId): Promise<readonly RoleView[]>;
}
