import type { EventBus } from '../../../core/application/EventBus';
import type { WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { mapViolations } from '../../../core/infrastructure/database/databaseErrors';
import { found } from '../../../core/infrastructure/database/found';
import { publishWritten } from '../../../core/infrastructure/database/publishWritten';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import { Label, type LabelState } from '../domain/Label';
import type { LabelId } from '../domain/LabelId';
import type { LabelRepository } from '../domain/LabelRepository';
import { LABEL_COLUMNS } from './labelColumns';

const GET = statement(
  'project.get-label',
  `SELECT ${LABEL_COLUMNS}, workspace_id AS "workspaceId", version FROM labels
   WHERE workspace_id = $1 AND id = $2 FOR UPDATE`,
);
const ADD = statement(
  'project.add-label',
  `INSERT INTO labels (workspace_id, id, name, color, updated_at, version, created_at)
   VALUES ($1, $2, $3, $4, $5, $6 + 1, $7) RETURNING id`,
);
const CHANGE = statement(
  'project.change-label',
  `UPDATE labels SET name = $3, color = $4, updated_at = $5, version = $6 + 1
   WHERE workspace_id = $1 AND id = $2 AND version = $6 RETURNING id`,
);
const REMOVE = statement(
  'project.remove-label',
  'DELETE FROM labels WHERE workspace_id = $1 AND id = $2 AND version = $3 RETURNING id',
);

const CONFLICTS = {
  labels_name: () => new ConflictError('LABEL_NAME_TAKEN', 'Another label of this workspace has this name.'),
};

export class SqlLabelRepository implements LabelRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
  ) {}

  async get(workspaceId: WorkspaceId, id: LabelId): Promise<Label> {
    const rows = await this.unitOfWork.execute<LabelState & { version: number }>(GET, [workspaceId, id]);
    const { version, ...state } = found(rows);
    return Label.restore(state, version);
  }

  async save(label: Label): Promise<void> {
    const { state, version } = label;
    const values = [state.workspaceId, state.id, state.name, state.color, state.updatedAt, version];
    const saved = await mapViolations(CONFLICTS, () =>
      version === 0
        ? this.unitOfWork.execute(ADD, [...values, state.createdAt])
        : this.unitOfWork.execute(CHANGE, values),
    );
    await publishWritten(this.eventBus, label, saved);
  }

  async remove(label: Label): Promise<void> {
    const { state, version } = label;
    const removed = await this.unitOfWork.execute(REMOVE, [state.workspaceId, state.id, version]);
    await publishWritten(this.eventBus, label, removed);
  }
}
