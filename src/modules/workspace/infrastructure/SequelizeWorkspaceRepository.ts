import { literal } from 'sequelize';
import type { EventBus } from '../../../core/application/EventBus';
import type { WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { mapViolations } from '../../../core/infrastructure/database/databaseErrors';
import { saveAggregate } from '../../../core/infrastructure/database/saveAggregate';
import { Workspace } from '../domain/Workspace';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';
import { WorkspaceModel } from './WorkspaceModel';

const CONFLICTS = {
  workspaces_slug_key: () => new ConflictError('SLUG_TAKEN', 'Another workspace has this slug.'),
};

export class SequelizeWorkspaceRepository implements WorkspaceRepository {
  constructor(private readonly eventBus: EventBus) {}

  async get(id: WorkspaceId): Promise<Workspace> {
    const row = await WorkspaceModel.findByPk(id);
    if (!row) throw new NotFoundError();
    const { version, ...state } = row.get({ plain: true }) as WorkspaceModel;
    return Workspace.restore(state, version);
  }

  async lock(id: WorkspaceId): Promise<Workspace> {
    // A row that is written is held like one that is locked, and fails those who wait for it with an older snapshot.
    const [held] = await WorkspaceModel.update({ version: literal('version') }, { where: { id } });
    if (held !== 1) throw new NotFoundError();
    return this.get(id);
  }

  async save(workspace: Workspace): Promise<void> {
    await mapViolations(CONFLICTS, () => saveAggregate(WorkspaceModel, workspace, { id: workspace.state.id }));
    await this.eventBus.publish(workspace.releaseEvents());
  }
}
