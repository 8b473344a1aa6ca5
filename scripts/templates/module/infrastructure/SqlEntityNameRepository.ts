import type { EventBus } from '../../../../src/core/application/EventBus';
import type { WorkspaceId } from '../../../../src/core/domain/Id';
import { found } from '../../../../src/core/infrastructure/database/found';
import { publishWritten } from '../../../../src/core/infrastructure/database/publishWritten';
import type { SequelizeUnitOfWork } from '../../../../src/core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../../src/core/infrastructure/database/Statement';
import { EntityName, type EntityNameState } from '../domain/EntityName';
import type { EntityNameId } from '../domain/EntityNameId';
import type { EntityNameRepository } from '../domain/EntityNameRepository';
import { ENTITY_NAME_COLUMNS } from './entityNameColumns';

interface Row extends EntityNameState {
  readonly version: number;
}

const FIND = statement(
  'module-name.find-entity-name',
  `SELECT workspace_id AS "workspaceId", ${ENTITY_NAME_COLUMNS}
   FROM entity_names WHERE workspace_id = $1 AND id = $2 FOR UPDATE`,
);
const ADD = statement(
  'module-name.add-entity-name',
  `INSERT INTO entity_names (workspace_id, id, version, created_by, created_at, updated_at, title, body)
   VALUES ($1, $2, 1, $3, $4, $5, $6, $7) RETURNING id`,
);
const CHANGE = statement(
  'module-name.change-entity-name',
  `UPDATE entity_names SET version = $3 + 1, updated_at = $4, title = $5, body = $6
   WHERE workspace_id = $1 AND id = $2 AND version = $3 RETURNING id`,
);
const REMOVE = statement(
  'module-name.remove-entity-name',
  'DELETE FROM entity_names WHERE workspace_id = $1 AND id = $2 AND version = $3 RETURNING id',
);

export class SqlEntityNameRepository implements EntityNameRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
  ) {}

  async get(workspaceId: WorkspaceId, id: EntityNameId): Promise<EntityName> {
    const { version, ...state } = found(await this.unitOfWork.execute<Row>(FIND, [workspaceId, id]));
    return EntityName.restore(state, version);
  }

  async save(entityName: EntityName): Promise<void> {
    const { state, version } = entityName;
    const { workspaceId, id, createdBy, createdAt, updatedAt, title, body } = state;
    const saved =
      version === 0
        ? await this.unitOfWork.execute(ADD, [workspaceId, id, createdBy, createdAt, updatedAt, title, body])
        : await this.unitOfWork.execute(CHANGE, [workspaceId, id, version, updatedAt, title, body]);
    await publishWritten(this.eventBus, entityName, saved);
  }

  async remove(entityName: EntityName): Promise<void> {
    const { state, version } = entityName;
    const removed = await this.unitOfWork.execute(REMOVE, [state.workspaceId, state.id, version]);
    await publishWritten(this.eventBus, entityName, removed);
  }
}
