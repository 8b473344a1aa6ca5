import type { WorkspaceId } from '../../../core/domain/Id';
import type { ApiKey } from './ApiKey';
import type { ApiKeyId } from './ApiKeyId';

export interface ApiKeyRepository {
  /** Revoked or not, held against all others until the transaction ends. @throws NotFoundError */
  get(workspaceId: WorkspaceId, id: ApiKeyId): Promise<ApiKey>;
  /** @throws ConflictError when it was changed since it was read, or its role went meanwhile. */
  save(apiKey: ApiKey): Promise<void>;
}
