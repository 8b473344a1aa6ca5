import type { Page, PageRequest } from '../../../../src/core/application/Page';
import type { WorkspaceId } from '../../../../src/core/domain/Id';
import { found } from '../../../../src/core/infrastructure/database/found';
import { PagedQuery } from '../../../../src/core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../../src/core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../../src/core/infrastructure/database/Statement';
import type { EntityNameQueries, EntityNameView } from '../application/EntityNameQueries';
import type { EntityNameId } from '../domain/EntityNameId';
import { ENTITY_NAME_COLUMNS } from './entityNameColumns';

const SELECT = `SELECT ${ENTITY_NAME_COLUMNS}`;

const FIND = statement(
  'module-name.entity-name-view',
  `${SELECT} FROM entity_names WHERE workspace_id = $1 AND id = $2`,
);

const LIST = new PagedQuery<EntityNameView>({
  name: 'module-name.entity-names',
  select: SELECT,
  from: 'entity_names',
  where: 'workspace_id = $1',
  sorts: { createdAt: { by: 'created_at', type: 'timestamptz' } },
  id: 'id',
});

export class SqlEntityNameQueries implements EntityNameQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async entityName(workspaceId: WorkspaceId, id: EntityNameId): Promise<EntityNameView> {
    return found(await this.unitOfWork.read<EntityNameView>({ workspaceId }, FIND, [workspaceId, id]));
  }

  entityNames(workspaceId: WorkspaceId, request: PageRequest): Promise<Page<EntityNameView>> {
    return LIST.run(this.unitOfWork, { workspaceId }, [workspaceId], [], request);
  }
}
