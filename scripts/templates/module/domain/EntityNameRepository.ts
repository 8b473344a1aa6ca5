import type { WorkspaceId } from '../../../../src/core/domain/Id';
import type { EntityName } from './EntityName';
import type { EntityNameId } from './EntityNameId';

export interface EntityNameRepository {
  /** Held against all others until the transaction ends. @throws NotFoundError */
  get(workspaceId: WorkspaceId, id: EntityNameId): Promise<EntityName>;
  /** @throws ConflictError when it was changed since it was read. */
  save(entityName: EntityName): Promise<void>;
  /** @throws ConflictError when it was changed since it was read. */
  remove(entityName: EntityName): Promise<void>;
}
