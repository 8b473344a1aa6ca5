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

  async get(workspaceId: WorkspaceId, id: InvitationId): Promise<Invitation> {
    const row = await InvitationModel.findOne({ where: { workspaceId, id } });
    if (!row) throw new NotFoundError();
    return toInvitation(row);
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
}

function toInvitation(row: InvitationModel): Invitation {
  const { version, ...state } = row.get({ plain: true }) as InvitationModel;
  return Invitation.restore(state, version);
}
