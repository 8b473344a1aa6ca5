import type { Clock } from '../../../core/application/Clock';
import type { MailedTokens } from '../../../core/application/MailedTokens';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { InvitationId } from '../domain/InvitationId';
import type { InvitationRepository } from '../domain/InvitationRepository';
import { issueInvitationToken } from './invitationToken';
import type { MemberRoles } from './MemberRoles';

/** Mails an invitation again, in the name of who does so: with a new token, which voids the one before, and a new term. */
export class ResendInvitation {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly memberRoles: MemberRoles,
    private readonly mailedTokens: MailedTokens,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws NotFoundError, GoneError `INVITATION_GONE` once it is used or revoked, TooManyRequestsError within a minute
   * of the mail before, ForbiddenError `ROLE_ESCALATION`
   */
  execute(actor: WorkspaceActor, { invitationId: id }: { invitationId: InvitationId }): Promise<void> {
    return this.unitOfWork.run(actor, async () => {
      const invitation = await this.invitations.hold(actor.workspaceId, id);
      const mailing = invitation.state.mailing + 1;
      const tokenHash = this.mailedTokens.hash(issueInvitationToken(this.mailedTokens, { id, mailing }));
      invitation.resend(actor.userId, tokenHash, this.clock.now());
      await this.memberRoles.assertMayGrant(actor, invitation.state.role);
      await this.invitations.save(invitation);
    });
  }
}
