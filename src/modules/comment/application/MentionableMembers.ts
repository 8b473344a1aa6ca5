import type { UserId, WorkspaceId } from '../../../core/domain/Id';

/** Who can be mentioned: active members with an active account. */
export interface MentionableMembers {
  /** Those among these, in their order. */
  among(workspaceId: WorkspaceId, ids: readonly UserId[]): Promise<readonly UserId[]>;
}
