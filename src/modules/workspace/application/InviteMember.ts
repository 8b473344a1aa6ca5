import type { Clock } from '../../../core/application/Clock';
import type { MailedTokens } from '../../../core/application/MailedTokens';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { newId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import type { EmailAddress, UserRepository } from '../../user';
import { Invitation } from '../domain/Invitation';
import type { InvitationId } from '../domain/InvitationId';
import type { InvitationRepository } from '../domain/InvitationRepository';
import type { MemberRepository } from '../domain/MemberRepository';
import { issueInvitationToken } from './invitationToken';
import type { MemberRoles } from './MemberRoles';

/** Invites whoever owns an e-mail address; a newer invitation to the same address replaces the one before. */
export class InviteMember {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly members: MemberRepository,
    private readonly users: UserRepository,
    private readonly memberRoles: MemberRoles,
    private readonly mailedTokens: MailedTokens,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ConflictError `ALREADY_MEMBER`, ForbiddenError `ROLE_ESCALATION`, ValidationError for an unknown role */
  execute(actor: WorkspaceActor, { email, role }: { email: EmailAddress; role: string }): Promise<InvitationId> {
    const { workspaceId, userId } = actor;
    return this.unitOfWork.run(actor, async () => {
      await this.memberRoles.assertMayGrant(actor, role);
      const invited = await this.users.findByEmail(email);
      if (invited && (await this.members.has(workspaceId, invited.state.id))) {
        throw new ConflictError('ALREADY_MEMBER', 'This person is a member already.');
      }
      const now = this.clock.now();
      const pending = await this.invitations.findPending(workspaceId, email);
      if (pending) {
        pending.revoke(userId, now);
        await this.invitations.save(pending);
      }
      const id = newId<InvitationId>();
      const tokenHash = this.mailedTokens.hash(issueInvitationToken(this.mailedTokens, { id, mailing: 1 }));
      await this.invitations.save(Invitation.create(actor, { id, email, role, tokenHash }, now));
      return id;
    });
  }
}
