import type { Page, PageRequest } from '../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { ApiKeyId } from '../domain/ApiKeyId';

export interface ApiKeyView {
  readonly id: ApiKeyId;
  readonly name: string;
  /** The key of its role. */
  readonly role: string;
  /** How it begins. */
  readonly prefix: string;
  readonly createdBy: UserId;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  /** To the minute; null when it was never used. */
  readonly lastUsedAt: Date | null;
}

/** The keys that were not revoked, expired ones included. */
export interface ApiKeyQueries {
  /** @throws NotFoundError */
  apiKey(workspaceId: WorkspaceId, id: ApiKeyId): Promise<ApiKeyView>;
  apiKeys(workspaceId: WorkspaceId, request: PageRequest): Promise<Page<ApiKeyView>>;
}
