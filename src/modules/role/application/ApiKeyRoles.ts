import type { UserId, WorkspaceId } from '../../../core/domain/Id';

/** What this context asks of API keys. The auth context, which builds on this one, answers. */
export interface ApiKeyRoles {
  /**
   * The key of the role that an API key has at this moment.
   * @param keyId what the key acts as, in place of a person
   * @returns null for a key that was revoked, has expired or belongs to another workspace, and for people
   */
  roleOf(workspaceId: WorkspaceId, keyId: UserId): Promise<string | null>;
}
