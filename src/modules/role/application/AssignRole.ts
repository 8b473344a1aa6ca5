import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId } from '../../../core/domain/Id';
import type { MemberRoleChanges } from './MemberRoleChanges';

/** Gives a member a role beside those they have. */
export class AssignRole {
  constructor(private readonly memberRoleChanges: MemberRoleChanges) {}

  /** @throws NotFoundError, ValidationError for an unknown role, ForbiddenError `ROLE_ESCALATION` */
  execute(actor: WorkspaceActor, { userId, role }: { userId: UserId; role: string }): Promise<void> {
    return this.memberRoleChanges.change(actor, userId, (current) => [...new Set([...current, role])].sort());
  }
}
