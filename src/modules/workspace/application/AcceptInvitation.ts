import type { Clock } from '../../../core/application/Clock';
import type { MailedTokens } from '../../../core/application/MailedTokens';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { WorkspaceId } from '../../../core/domain/Id';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { UserRepository } from '../../user';
import { invitationGone } from '../domain/Invitation';
import type { InvitationRepository } from '../domain/InvitationRepository';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';
import type { Admission } from './Admission';
import type { MemberRoles } from './MemberRoles';

/** Turns an invitation into a membership: once, and only while its maker could still grant the role. */
export class AcceptInvitation {
  constructor(
    private readonly users: UserRepository,
    private readonly workspaces: WorkspaceRepository,
    private readonly invitations: InvitationRepository,
    private readonly admission: Admission,
    private readonly memberRoles: MemberRoles,
    private readonly mailedTokens: MailedTokens,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws ValidationError `INVALID_TOKEN`, ForbiddenError `EMAIL_MISMATCH`, GoneError `INVITATION_GONE`,
   * ConflictError `ALREADY_MEMBER`, UnauthorizedError `SESSION_REVOKED` for an account that was closed meanwhile, and
   * what the workspace's state or limit refuses
   */
  execute(
    actor: Pick<UserActor, 'userId' | 'email'>,
    { workspaceId, token }: { workspaceId: WorkspaceId; token: string },
  ): Promise<void> {
    return this.unitOfWork.run({ workspaceId }, async () => {
      (await this.users.hold(actor.userId)).assertNotClosed();
      const invitation = await this.invitations.findByToken(workspaceId, this.mailedTokens.hash(token));
      if (!invitation) throw ValidationError.token();
      const now = this.clock.now();
      invitation.accept(actor, now);
      const { role, invitedBy } = invitation.state;
      const workspace = await this.workspaces.lock(workspaceId);
      workspace.assertOpen();
      if (!(await this.memberRoles.mayGrant(workspaceId, invitedBy, role))) throw invitationGone();
      await this.invitations.save(invitation);
      await this.admission.admit(workspace, { userId: actor.userId, role }, now);
    });
  }
}
