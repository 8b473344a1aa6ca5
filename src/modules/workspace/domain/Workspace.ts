import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { UserActor } from '../../../core/domain/Actor';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { workspaceCreated } from './events';
import type { Slug } from './Slug';
import type { WorkspaceName } from './WorkspaceName';

export interface WorkspaceState {
  readonly id: WorkspaceId;
  readonly name: WorkspaceName;
  readonly slug: Slug;
  readonly description: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly ownerId: UserId;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A tenant: what everything else in a workspace belongs to. */
export class Workspace extends AggregateRoot<WorkspaceState> {
  static create(
    { userId }: UserActor,
    { id, name, slug, description }: Pick<WorkspaceState, 'id' | 'name' | 'slug' | 'description'>,
    now: Date,
  ): Workspace {
    const workspace = new Workspace(
      { id, name, slug, description, settings: {}, ownerId: userId, createdAt: now, updatedAt: now },
      0,
    );
    workspace.record(workspaceCreated({ workspaceId: id, actorId: userId, at: now }, { ownerId: userId }));
    return workspace;
  }

  static restore(state: WorkspaceState, version: number): Workspace {
    return new Workspace(state, version);
  }
}
