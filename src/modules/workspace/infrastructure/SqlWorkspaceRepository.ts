import type { EventBus } from '../../../core/application/EventBus';
import type { WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { mapViolations } from '../../../core/infrastructure/database/databaseErrors';
import { found } from '../../../core/infrastructure/database/found';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import { Workspace, type WorkspaceState } from '../domain/Workspace';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';

type Row = WorkspaceState & { readonly version: number };

const COLUMNS = `id, name, slug, description, settings, owner_id AS "ownerId", status,
  suspension_reason AS "suspensionReason", deleted_at AS "deletedAt", created_at AS "createdAt",
  updated_at AS "updatedAt", version`;

const GET = statement('workspace.get', `SELECT ${COLUMNS} FROM workspaces WHERE id = $1`);
// A row that is written is held like one that is locked, and fails those who wait for it with an older snapshot.
const HOLD = statement('workspace.hold', `UPDATE workspaces SET version = version WHERE id = $1 RETURNING ${COLUMNS}`);
const ADD = statement(
  'workspace.add',
  `INSERT INTO workspaces (id, name, slug, description, settings, owner_id, status, suspension_reason, deleted_at,
     updated_at, created_at, version)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`,
);
const CHANGE = statement(
  'workspace.change',
  `UPDATE workspaces SET name = $2, slug = $3, description = $4, settings = $5, owner_id = $6, status = $7,
     suspension_reason = $8, deleted_at = $9, updated_at = $10, version = $11 + 1
   WHERE id = $1 AND version = $11 RETURNING id`,
);

const CONFLICTS = {
  workspaces_slug_key: () => new ConflictError('SLUG_TAKEN', 'Another workspace has this slug.'),
};

export class SqlWorkspaceRepository implements WorkspaceRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
  ) {}

  async get(id: WorkspaceId): Promise<Workspace> {
    return toWorkspace(found(await this.unitOfWork.read<Row>({}, GET, [id])));
  }

  async lock(id: WorkspaceId): Promise<Workspace> {
    return toWorkspace(found(await this.unitOfWork.execute<Row>(HOLD, [id])));
  }

  async save(workspace: Workspace): Promise<void> {
    await mapViolations(CONFLICTS, () => this.write(workspace));
    await this.eventBus.publish(workspace.releaseEvents());
  }

  private async write({ state, version }: Workspace): Promise<void> {
    const { id, name, slug, description, settings, ownerId, status, suspensionReason, deletedAt, updatedAt } = state;
    const facts = [id, name, slug, description, settings, ownerId, status, suspensionReason, deletedAt, updatedAt];
    if (version === 0) {
      await this.unitOfWork.execute(ADD, [...facts, state.createdAt]);
      return;
    }
    const changed = await this.unitOfWork.execute(CHANGE, [...facts, version]);
    if (changed.length !== 1) throw ConflictError.stale();
  }
}

function toWorkspace({ version, ...state }: Row): Workspace {
  return Workspace.restore(state, version);
}
