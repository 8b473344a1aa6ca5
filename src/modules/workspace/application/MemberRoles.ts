import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';

/** What this context asks of roles. The role context, which builds on this one, answers. */
export interface MemberRoles {
  /** @throws ForbiddenError `ROLE_ESCALATION` when the role holds a permission that the actor lacks; ValidationError when there is no such role. */
  assertMayGrant(actor: WorkspaceActor, role: string): Promise<void>;
  /**
   * Whether a person, or an API key, could grant a role at this moment; false for people who are no longer active
   * members, and keys that are no longer valid.
   */
  mayGrant(workspaceId: WorkspaceId, userId: UserId, role: string): Promise<boolean>;
  /** Whether a member is an owner, suspended or not. */
  isOwner(workspaceId: WorkspaceId, userId: UserId): Promise<boolean>;
  /** The active owners of a workspace. */
  owners(workspaceId: WorkspaceId): Promise<readonly UserId[]>;
}
