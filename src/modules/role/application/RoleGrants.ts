import { OWNER_ROLE, type WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { MemberRoles } from '../../workspace';
import type { RoleRepository } from '../domain/RoleRepository';
import type { ApiKeyRoles } from './ApiKeyRoles';

/** Who may give which role: nobody, person or API key, more than they hold themselves. */
export class RoleGrants implements MemberRoles {
  constructor(
    private readonly roles: RoleRepository,
    private readonly apiKeyRoles: ApiKeyRoles,
  ) {}

  async assertMayGrant({ workspaceId, userId }: WorkspaceActor, role: string): Promise<void> {
    const wanted = await this.roles.permissionsOf(workspaceId, role);
    if (!wanted) throw ValidationError.field('role', 'role must be the key of a role of this workspace.');
    if (!(await this.holdsAll(workspaceId, userId, role, wanted))) {
      throw ForbiddenError.escalation('You can not give a role that holds more than your own.');
    }
  }

  async mayGrant(workspaceId: WorkspaceId, userId: UserId, role: string): Promise<boolean> {
    const wanted = await this.roles.permissionsOf(workspaceId, role);
    if (!wanted) return false;
    const held = await this.heldBy(workspaceId, userId);
    return held.has('users.create') && (await this.holdsAll(workspaceId, userId, role, wanted));
  }

  isOwner(workspaceId: WorkspaceId, userId: UserId): Promise<boolean> {
    return this.roles.has(workspaceId, userId, OWNER_ROLE);
  }

  owners(workspaceId: WorkspaceId): Promise<readonly UserId[]> {
    return this.roles.membersWith(workspaceId, OWNER_ROLE);
  }

  /** Read in the transaction that grants, not from what the request was admitted with. */
  private async holdsAll(
    workspaceId: WorkspaceId,
    userId: UserId,
    role: string,
    wanted: readonly string[],
  ): Promise<boolean> {
    if (role === OWNER_ROLE) return (await this.owners(workspaceId)).includes(userId);
    const held = await this.heldBy(workspaceId, userId);
    return wanted.every((permission) => held.has(permission));
  }

  /** By whoever has the id: what was granted tells only who granted it, and people and keys share no ids. */
  private async heldBy(workspaceId: WorkspaceId, id: UserId): Promise<ReadonlySet<string>> {
    const role = await this.apiKeyRoles.roleOf(workspaceId, id);
    if (role === null) return this.roles.permissionsOfMember(workspaceId, id);
    return new Set(await this.roles.permissionsOf(workspaceId, role));
  }
}
