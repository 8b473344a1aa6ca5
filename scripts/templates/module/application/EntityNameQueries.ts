import type { Page, PageRequest } from '../../../../src/core/application/Page';
import type { WorkspaceId } from '../../../../src/core/domain/Id';
import type { EntityNameState } from '../domain/EntityName';
import type { EntityNameId } from '../domain/EntityNameId';

export interface EntityNameView extends Omit<EntityNameState, 'workspaceId'> {
  readonly version: number;
}

export interface EntityNameQueries {
  /** @throws NotFoundError */
  entityName(workspaceId: WorkspaceId, id: EntityNameId): Promise<EntityNameView>;
  entityNames(workspaceId: WorkspaceId, request: PageRequest): Promise<Page<EntityNameView>>;
}
