import type { WorkspaceActor } from '../../../../src/core/domain/Actor';
import { AggregateRoot } from '../../../../src/core/domain/AggregateRoot';
import type { EventContext } from '../../../../src/core/domain/DomainEvent';
import type { UserId, WorkspaceId } from '../../../../src/core/domain/Id';
import type { EntityNameId } from './EntityNameId';
import type { EntityNameTitle } from './EntityNameTitle';
import { entityNameCreated, entityNameDeleted, type EntityNameFacts, entityNameUpdated } from './events';

export interface EntityNameState {
  readonly id: EntityNameId;
  readonly workspaceId: WorkspaceId;
  readonly title: EntityNameTitle;
  readonly body: string;
  /** A person, or an API key. */
  readonly createdBy: UserId;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What people write. */
export type EntityNameContent = Pick<EntityNameState, 'title' | 'body'>;

export class EntityName extends AggregateRoot<EntityNameState> {
  static create(
    { workspaceId, userId }: WorkspaceActor,
    { id, ...content }: EntityNameContent & { readonly id: EntityNameId },
    now: Date,
  ): EntityName {
    const state = { ...content, id, workspaceId, createdBy: userId, createdAt: now, updatedAt: now };
    const entityName = new EntityName(state, 0);
    entityName.record(entityNameCreated(entityName.context(userId, now), { entityName: entityName.facts }));
    return entityName;
  }

  static restore(state: EntityNameState, version: number): EntityName {
    return new EntityName(state, version);
  }

  /**
   * What is set to what it is already is no change.
   * @returns whether anything changes
   */
  update(changes: Partial<EntityNameContent>, by: UserId, now: Date): boolean {
    const members = ['title', 'body'] as const;
    const changed = members.filter((name) => changes[name] !== undefined && changes[name] !== this.state[name]);
    if (changed.length === 0) return false;
    const before = Object.fromEntries(changed.map((name) => [name, this.state[name]]));
    this.change({ ...changes, updatedAt: now });
    this.record(entityNameUpdated(this.context(by, now), { entityName: this.facts, changed, before }));
    return true;
  }

  /** Ends it; the repository's removal publishes that. */
  delete(by: UserId, now: Date): void {
    this.record(entityNameDeleted(this.context(by, now), { entityNameId: this.state.id }));
  }

  /** As it will be once it is saved. */
  private get facts(): EntityNameFacts {
    const { id, title, body, createdBy, createdAt, updatedAt } = this.state;
    const times = { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
    return { id, title, body, createdBy, ...times, version: this.version + 1 };
  }

  private context(actorId: UserId, at: Date): EventContext {
    return { workspaceId: this.state.workspaceId, actorId, at };
  }
}
