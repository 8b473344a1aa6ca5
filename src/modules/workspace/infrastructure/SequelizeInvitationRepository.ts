import type { EventBus } from '../../../core/application/EventBus';
import type { WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { mapViolations } from '../../../core/infrastructure/database/databaseErrors';
import { saveAggregate } from '../../../core/infrastructure/database/saveAggregate';
import { Invitation } from '../domain/Invitation';
import type { InvitationId } from '../domain/InvitationId';
import type { InvitationRepository } from '../domain/InvitationRepository';
import { InvitationModel } from './InvitationModel';

const CONFLICTS = { invitations_one_pending: () => ConflictError.stale() };

export class SequelizeInvitationRepository implements InvitationRepository {
  constructor(private readonly eventBus: EventBus) {}

  get(workspaceId: WorkspaceId, id: InvitationId): Promise<Invitation> {
    return this.find(workspaceId, id, false);
  }

  hold(workspaceId: WorkspaceId, id: InvitationId): Promise<Invitation> {
    return this.find(workspaceId, id, true);
  }

  async findPending(workspaceId: WorkspaceId, email: string): Promise<Invitation | null> {
    const row = await InvitationModel.findOne({ where: { workspaceId, email, status: 'pending' } });
    return row && toInvitation(row);
  }

  async findByToken(workspaceId: WorkspaceId, tokenHash: string): Promise<Invitation | null> {
    const row = await InvitationModel.findOne({ where: { workspaceId, tokenHash }, lock: true });
    return row && toInvitation(row);
  }

  async save(invitation: Invitation): Promise<void> {
    const { workspaceId, id } = invitation.state;
    await mapViolations(CONFLICTS, () => saveAggregate(InvitationModel, invitation, { workspaceId, id }));
    await this.eventBus.publish(invitation.releaseEvents());
  }

  private async find(workspaceId: WorkspaceId, id: InvitationId, lock: boolean): Promise<Invitation> {
    const row = await InvitationModel.findOne({ where: { workspaceId, id }, lock });
    if (!row) throw new NotFoundError();
    return toInvitation(row);
  }
}

function toInvitation(row: InvitationModel): Invitation {
  const { version, ...state } = row.get({ plain: true }) as InvitationModel;
  return Invitation.restore(state, version);
}
