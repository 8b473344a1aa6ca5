import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId } from '../../../core/domain/Id';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { RoleRepository } from '../domain/RoleRepository';
import type { MemberRoleChanges } from './MemberRoleChanges';

interface Input {
  readonly userId: UserId;
  /** The keys of all roles that the member is to have, at least one. */
  readonly roles: readonly string[];
}

/** Gives a member exactly these roles. */
export class SetMemberRoles {
  constructor(
    private readonly roles: RoleRepository,
    private readonly memberRoleChanges: MemberRoleChanges,
  ) {}

  /** @throws NotFoundError, ValidationError, ForbiddenError `ROLE_ESCALATION`, ConflictError `LAST_OWNER` */
  async execute(actor: WorkspaceActor, { userId, roles }: Input): Promise<void> {
    const permissions = await Promise.all(roles.map((role) => this.roles.permissionsOf(actor.workspaceId, role)));
    ValidationError.assertEach(
      permissions,
      (index) => `roles.${index}`,
      'the key of a role of this workspace',
      (held) => held !== null,
    );
    await this.memberRoleChanges.change(actor, userId, () => [...roles].sort());
  }
}
