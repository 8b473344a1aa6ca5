import type { PermissionExplanation, PermissionExplanations } from '../../../core/application/PermissionExplanations';
import { requirePermission, type WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { RoleHolderView, RoleQueries } from './RoleQueries';

/** Why somebody has a permission, or what stands in the way. */
export type PermissionReason = 'GRANTED' | 'NOT_GRANTED' | 'MEMBERSHIP_INACTIVE' | 'MEMBERSHIP_BANNED';

export interface PermissionCheckView extends PermissionExplanation {
  readonly allowed: boolean;
  readonly permission: string;
  readonly reason: PermissionReason;
  /** The keys of the person's own roles that hold it. */
  readonly grantedBy: readonly string[];
}

/** Tells whether a member has a permission and why: anybody about themselves, about others who may read roles. */
export class CheckPermission implements PermissionExplanations {
  constructor(private readonly roleQueries: RoleQueries) {}

  /** @throws ValidationError for an unknown permission, PermissionDeniedError, NotFoundError for no member */
  async execute(
    actor: WorkspaceActor,
    { permission, userId = actor.userId }: { permission: string; userId?: UserId },
  ): Promise<PermissionCheckView> {
    const { workspaceId } = actor;
    if (userId !== actor.userId) requirePermission(actor, 'roles.read');
    const grantableBy = await this.roleQueries.rolesWith(workspaceId, permission);
    if (!grantableBy) throw ValidationError.field('permission', 'permission must be a permission of /permissions.');
    const { status, roles } = await this.holder(actor, userId);
    const grantedBy = roles.filter((role) => grantableBy.includes(role));
    const reason = reasonFor(status, grantedBy);
    return { allowed: reason === 'GRANTED', permission, reason, grantedBy, grantableBy };
  }

  /** Somebody who was refused is an active member, none of whose roles holds it. */
  async explain(workspaceId: WorkspaceId, permission: string): Promise<PermissionExplanation> {
    return { reason: 'NOT_GRANTED', grantableBy: (await this.roleQueries.rolesWith(workspaceId, permission)) ?? [] };
  }

  /** The caller is as the request was admitted: the answer is about the very rights that it was admitted with. */
  private async holder(actor: WorkspaceActor, userId: UserId): Promise<RoleHolderView> {
    if (userId === actor.userId) return { status: 'active', roles: actor.roles };
    return this.roleQueries.holder(actor.workspaceId, userId);
  }
}

function reasonFor(status: RoleHolderView['status'], grantedBy: readonly string[]): PermissionReason {
  if (status === 'inactive') return 'MEMBERSHIP_INACTIVE';
  if (status === 'banned') return 'MEMBERSHIP_BANNED';
  return grantedBy.length > 0 ? 'GRANTED' : 'NOT_GRANTED';
}
