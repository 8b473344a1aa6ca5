import type { WorkspaceActor } from '../../../core/domain/Actor';
import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { EventContext } from '../../../core/domain/DomainEvent';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { roleChanged, roleCreated, roleDeleted } from './events';
import type { RoleId } from './RoleId';
import type { RoleKey } from './RoleKey';
import type { RoleName } from './RoleName';

export interface RoleState {
  readonly id: RoleId;
  readonly workspaceId: WorkspaceId;
  /** Of no other role of the workspace, and never changed. */
  readonly key: RoleKey;
  readonly name: RoleName;
  readonly description: string | null;
  /** Built in, and read-only. */
  readonly system: boolean;
  /** The keys of what it holds, each once, in order. */
  readonly permissions: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

type Difference = Partial<Pick<RoleState, 'name' | 'description' | 'permissions'>>;

/** What the members who have it may do. A workspace makes its own beside the built-in ones. */
export class Role extends AggregateRoot<RoleState> {
  static create(
    { workspaceId, userId }: WorkspaceActor,
    role: Pick<RoleState, 'id' | 'key' | 'name' | 'description' | 'permissions'>,
    now: Date,
  ): Role {
    const permissions = inOrder(role.permissions);
    const made = new Role({ ...role, permissions, workspaceId, system: false, createdAt: now, updatedAt: now }, 0);
    made.record(roleCreated({ workspaceId, actorId: userId, at: now }, { role: made.facts() }));
    return made;
  }

  static restore(state: RoleState, version: number): Role {
    return new Role(state, version);
  }

  /**
   * Changes what is named and leaves the rest; what it is already changes nothing.
   * @throws ForbiddenError for a built-in role
   */
  edit(difference: Difference, by: UserId, now: Date): void {
    this.assertOwn();
    const before = this.state;
    const permissions = inOrder(difference.permissions ?? before.permissions);
    const { name, description } = { ...before, ...difference };
    const added = permissions.filter((permission) => !before.permissions.includes(permission));
    const removed = before.permissions.filter((permission) => !permissions.includes(permission));
    const renamed = name !== before.name || description !== before.description;
    if (!renamed && added.length + removed.length === 0) return;
    this.change({ name, description, permissions, updatedAt: now });
    this.record(roleChanged(this.context(by, now), { role: this.facts(), added, removed }));
  }

  grant(permission: string, by: UserId, now: Date): void {
    this.edit({ permissions: [...this.state.permissions, permission] }, by, now);
  }

  /** @throws NotFoundError when it does not hold the permission */
  withdraw(permission: string, by: UserId, now: Date): void {
    this.assertOwn();
    const { permissions } = this.state;
    if (!permissions.includes(permission)) throw new NotFoundError();
    this.edit({ permissions: permissions.filter((held) => held !== permission) }, by, now);
  }

  delete(by: UserId, now: Date): void {
    this.assertOwn();
    const { id, key } = this.state;
    this.record(roleDeleted(this.context(by, now), { roleId: id, key }));
  }

  /** Nobody may, whatever they hold: what a built-in role holds is the platform's to say, in every workspace alike. */
  private assertOwn(): void {
    if (!this.state.system) return;
    throw new ForbiddenError('PERMISSION_DENIED', 'A built-in role is read-only; make a role of your own instead.');
  }

  private facts() {
    const { id, key, name, description, system, permissions } = this.state;
    return { id, key, name, description, system, permissions };
  }

  private context(actorId: UserId, at: Date): EventContext {
    return { workspaceId: this.state.workspaceId, actorId, at };
  }
}

function inOrder(permissions: readonly string[]): readonly string[] {
  return [...new Set(permissions)].sort();
}
