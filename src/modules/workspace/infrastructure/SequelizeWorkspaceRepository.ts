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

  get(id: WorkspaceId): Promise<Workspace> {
    return this.find(id, false);
  }

  lock(id: WorkspaceId): Promise<Workspace> {
    return this.find(id, true);
  }

  async save(workspace: Workspace): Promise<void> {
    await mapViolations(CONFLICTS, () => saveAggregate(WorkspaceModel, workspace, { id: workspace.state.id }));
    await this.eventBus.publish(workspace.releaseEvents());
  }

  private async find(id: WorkspaceId, lock: boolean): Promise<Workspace> {
    const row = await WorkspaceModel.findByPk(id, { lock });
    if (!row) throw new NotFoundError();
    const { version, ...state } = row.get({ plain: true }) as WorkspaceModel;
    return Workspace.restore(state, version);
  }
}
