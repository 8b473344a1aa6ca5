import type { EventBus } from '../../../core/application/EventBus';
import { newId, type UserId, type WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { mapViolations, violatedConstraint } from '../../../core/infrastructure/database/databaseErrors';
import { found } from '../../../core/infrastructure/database/found';
import { publishWritten } from '../../../core/infrastructure/database/publishWritten';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { BUILT_IN_ROLES } from '../domain/builtInRoles';
import { Role, type RoleState } from '../domain/Role';
import type { RoleId } from '../domain/RoleId';
import type { RoleRepository } from '../domain/RoleRepository';
import * as statements from './roleStatements';

const CONFLICTS = {
  roles_key: () => new ConflictError('ROLE_KEY_TAKEN', 'Another role of this workspace has this key.'),
};

export class SequelizeRoleRepository implements RoleRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
  ) {}

  async addBuiltIn(workspaceId: WorkspaceId, now: Date): Promise<void> {
    await this.unitOfWork.execute(statements.ADD_BUILT_IN, [
      workspaceId,
      BUILT_IN_ROLES.map(() => newId()),
      BUILT_IN_ROLES.map(({ key }) => key),
      BUILT_IN_ROLES.map(({ name }) => name),
      BUILT_IN_ROLES.map(({ description }) => description),
      now,
    ]);
  }

  async get(workspaceId: WorkspaceId, id: RoleId): Promise<Role> {
    const rows = await this.unitOfWork.read<RoleState & { version: number }>({ workspaceId }, statements.GET, [
      workspaceId,
      id,
    ]);
    const { version, ...state } = found(rows);
    return Role.restore(state, version);
  }

  async save(role: Role): Promise<void> {
    const { workspaceId, id, key, name, description, permissions, updatedAt } = role.state;
    if (role.version === 0) {
      const values = [workspaceId, id, key, name, description, updatedAt];
      await mapViolations(CONFLICTS, () => this.unitOfWork.execute(statements.ADD, values));
    } else {
      const values = [workspaceId, id, role.version, name, description, updatedAt];
      const changed = await this.unitOfWork.execute(statements.UPDATE, values);
      if (changed.length !== 1) throw ConflictError.stale();
      await this.unitOfWork.execute(statements.KEEP_PERMISSIONS, [workspaceId, id, permissions]);
    }
    await this.unitOfWork.execute(statements.ADD_PERMISSIONS, [workspaceId, id, permissions]);
    await this.eventBus.publish(role.releaseEvents());
  }

  async remove(role: Role): Promise<void> {
    const { workspaceId, id } = role.state;
    const removed = await this.whileUnused(() =>
      this.unitOfWork.execute(statements.REMOVE, [workspaceId, id, role.version]),
    );
    await publishWritten(this.eventBus, role, removed);
  }

  async catalogue(): Promise<ReadonlySet<string>> {
    const rows = await this.unitOfWork.read<{ key: string }>({}, statements.CATALOGUE_KEYS);
    return new Set(rows.map(({ key }) => key));
  }

  async assign(workspaceId: WorkspaceId, userId: UserId, roleKeys: readonly string[]): Promise<void> {
    await this.unitOfWork.execute(statements.ASSIGN, [workspaceId, userId, roleKeys]);
  }

  async unassign(workspaceId: WorkspaceId, userId: UserId, roleKeys: readonly string[]): Promise<void> {
    await this.unitOfWork.execute(statements.UNASSIGN, [workspaceId, userId, roleKeys]);
  }

  async rolesOf(workspaceId: WorkspaceId, userId: UserId): Promise<readonly string[]> {
    const values = [workspaceId, userId];
    return found(await this.unitOfWork.read<{ roles: string[] }>({ workspaceId }, statements.ROLES_OF, values)).roles;
  }

  async permissionsOf(workspaceId: WorkspaceId, roleKey: string): Promise<readonly string[] | null> {
    const values = [workspaceId, roleKey];
    const [row] = await this.unitOfWork.read<{ permissions: string[] }>(
      { workspaceId },
      statements.PERMISSIONS_OF,
      values,
    );
    return row?.permissions ?? null;
  }

  async permissionsOfMember(workspaceId: WorkspaceId, userId: UserId): Promise<ReadonlySet<string>> {
    const values = [workspaceId, userId];
    const rows = await this.unitOfWork.read<{ permission: string }>(
      { workspaceId },
      statements.PERMISSIONS_OF_MEMBER,
      values,
    );
    return new Set(rows.map(({ permission }) => permission));
  }

  async has(workspaceId: WorkspaceId, userId: UserId, roleKey: string): Promise<boolean> {
    const values = [workspaceId, userId, roleKey];
    const [row] = await this.unitOfWork.read<{ has: boolean }>({ workspaceId }, statements.HAS, values);
    return row?.has ?? false;
  }

  async membersWith(workspaceId: WorkspaceId, roleKey: string): Promise<readonly UserId[]> {
    const values = [workspaceId, roleKey];
    const rows = await this.unitOfWork.read<{ userId: UserId }>({ workspaceId }, statements.MEMBERS_WITH, values);
    return rows.map(({ userId }) => userId);
  }

  /** Whatever refers to a role, of this module or of one that builds on it, keeps it from being deleted. */
  private async whileUnused<Result>(remove: () => Promise<Result>): Promise<Result> {
    try {
      return await remove();
    } catch (error) {
      if (violatedConstraint(error) === undefined) throw error;
      throw new ConflictError('ROLE_IN_USE', 'Somebody has this role; take it from all who have it first.');
    }
  }
}
