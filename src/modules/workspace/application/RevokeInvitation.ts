import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { invitationGone } from '../domain/Invitation';
import type { InvitationId } from '../domain/InvitationId';
import type { InvitationRepository } from '../domain/InvitationRepository';

/** Takes an open invitation back. */
export class RevokeInvitation {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError, GoneError `INVITATION_GONE` when it is no longer open */
  execute(actor: WorkspaceActor, { invitationId }: { invitationId: InvitationId }): Promise<void> {
    return this.unitOfWork.run(actor, async () => {
      const invitation = await this.invitations.hold(actor.workspaceId, invitationId);
      const now = this.clock.now();
      if (!invitation.isOpen(now)) throw invitationGone();
      invitation.revoke(actor.userId, now);
      await this.invitations.save(invitation);
    });
  }
}
