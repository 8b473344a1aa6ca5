import { isDeepStrictEqual } from 'node:util';
import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { UserActor } from '../../../core/domain/Actor';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import {
  ownershipTransferred,
  workspaceCreated,
  workspaceDeleted,
  workspaceRestored,
  workspaceResumed,
  workspaceSuspended,
  workspaceUpdated,
} from './events';
import type { Slug } from './Slug';
import type { WorkspaceName } from './WorkspaceName';
import type { WorkspaceSettings } from './WorkspaceSettings';
import type { WorkspaceStatus } from './WorkspaceStatus';

export interface WorkspaceState {
  readonly id: WorkspaceId;
  readonly name: WorkspaceName;
  readonly slug: Slug;
  readonly description: string | null;
  /** Only what was set; everything else is the platform's default. */
  readonly settings: WorkspaceSettings;
  readonly ownerId: UserId;
  /** The platform's word, not the owner's. */
  readonly status: WorkspaceStatus;
  readonly suspensionReason: string | null;
  readonly deletedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type WorkspaceChanges = Partial<Pick<WorkspaceState, 'name' | 'slug' | 'description' | 'settings'>>;

/** How long a deleted workspace can be brought back, in milliseconds: 30 days. */
const RESTORABLE_MS = 30 * 24 * 60 * 60 * 1000;

/** A tenant: what everything else in a workspace belongs to. */
export class Workspace extends AggregateRoot<WorkspaceState> {
  static create(
    { userId }: UserActor,
    { id, name, slug, description }: Pick<WorkspaceState, 'id' | 'name' | 'slug' | 'description'>,
    now: Date,
  ): Workspace {
    const workspace = new Workspace(
      {
        id,
        name,
        slug,
        description,
        settings: {},
        ownerId: userId,
        status: 'active',
        suspensionReason: null,
        deletedAt: null,
        createdAt: now,
        updatedAt: now,
      },
      0,
    );
    workspace.record(workspaceCreated({ workspaceId: id, actorId: userId, at: now }, { ownerId: userId }));
    return workspace;
  }

  static restore(state: WorkspaceState, version: number): Workspace {
    return new Workspace(state, version);
  }

  /**
   * For whatever is done inside it.
   * @throws NotFoundError once it is deleted, ForbiddenError `WORKSPACE_SUSPENDED`
   */
  assertOpen(): void {
    if (this.state.deletedAt) throw new NotFoundError();
    if (this.state.status === 'suspended') throw workspaceIsSuspended();
  }

  /** What is set to what it is already changes nothing. */
  update(by: UserId, changes: WorkspaceChanges, now: Date): void {
    const changed = (Object.keys(changes) as (keyof WorkspaceChanges)[]).filter(
      (key) => !isDeepStrictEqual(changes[key], this.state[key]),
    );
    if (changed.length === 0) return;
    const before: WorkspaceChanges = Object.fromEntries(changed.map((key) => [key, this.state[key]]));
    this.change({ ...changes, updatedAt: now });
    this.announce(by, before, now);
  }

  /** Closes it for everybody; its owners can bring it back for 30 days. */
  delete(by: UserId, now: Date): void {
    const { id: workspaceId } = this.state;
    this.change({ deletedAt: now, updatedAt: now });
    const restorableUntil = new Date(now.getTime() + RESTORABLE_MS).toISOString();
    this.record(workspaceDeleted({ workspaceId, actorId: by, at: now }, { restorableUntil }));
  }

  /**
   * Opens it again; one that is not deleted stays as it is.
   * @throws NotFoundError after 30 days, whether or not it is purged yet; ForbiddenError `WORKSPACE_SUSPENDED`
   */
  undelete(by: UserId, now: Date): void {
    const { id: workspaceId, deletedAt } = this.state;
    if (deletedAt && now.getTime() >= deletedAt.getTime() + RESTORABLE_MS) throw new NotFoundError();
    if (this.state.status === 'suspended') throw workspaceIsSuspended();
    if (!deletedAt) return;
    this.change({ deletedAt: null, updatedAt: now });
    this.record(workspaceRestored({ workspaceId, actorId: by, at: now }, {}));
  }

  /** By a platform admin, deleted or not: a suspended one does not come back by being restored. */
  changeStatus({ to, by, reason }: { to: WorkspaceStatus; by: UserId; reason: string | null }, now: Date): void {
    if (to === this.state.status) return;
    const context = { workspaceId: this.state.id, actorId: by, at: now };
    const suspended = to === 'suspended';
    this.change({ status: to, suspensionReason: suspended ? reason : null });
    this.record(suspended ? workspaceSuspended(context, { reason }) : workspaceResumed(context, { reason }));
  }

  /** One owner makes another person the owner in their place. */
  handOver({ from, to }: { from: UserId; to: UserId }, now: Date): void {
    this.record(ownershipTransferred({ workspaceId: this.state.id, actorId: to, at: now }, { from, to }));
    this.nameOwner(to, to, now);
  }

  /** Of several owners, the one who stands for all. */
  nameOwner(to: UserId, by: UserId, now: Date): void {
    const before = { ownerId: this.state.ownerId };
    this.change({ ownerId: to, updatedAt: now });
    this.announce(by, before, now);
  }

  private announce(by: UserId, before: WorkspaceChanges | Pick<WorkspaceState, 'ownerId'>, now: Date): void {
    const { id, name, slug, description, settings, ownerId, createdAt, updatedAt } = this.state;
    const times = { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
    const workspace = { id, name, slug, description, settings, ownerId, ...times };
    const facts = { workspace, changed: Object.keys(before), before };
    this.record(workspaceUpdated({ workspaceId: id, actorId: by, at: now }, facts));
  }
}

export function workspaceIsSuspended(): ForbiddenError {
  return new ForbiddenError('WORKSPACE_SUSPENDED', 'The workspace is suspended by the platform.');
}
