import type { WorkspaceActor } from '../../../core/domain/Actor';
import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { EventContext } from '../../../core/domain/DomainEvent';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { Color } from './Color';
import { difference } from './difference';
import { labelCreated, labelDeleted, labelUpdated, type LabelFacts } from './events';
import type { LabelId } from './LabelId';
import type { LabelName } from './LabelName';

export interface LabelState {
  readonly id: LabelId;
  readonly workspaceId: WorkspaceId;
  /** Of no other label of the workspace, in whatever case. */
  readonly name: LabelName;
  readonly color: Color;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type LabelChanges = Partial<Pick<LabelState, 'name' | 'color'>>;

/** A word that tasks of a workspace have in common. */
export class Label extends AggregateRoot<LabelState> {
  static create(
    { workspaceId, userId }: WorkspaceActor,
    label: Pick<LabelState, 'id' | 'name' | 'color'>,
    now: Date,
  ): Label {
    const made = new Label({ ...label, workspaceId, createdAt: now, updatedAt: now }, 0);
    made.record(labelCreated(made.context(userId, now), { label: made.facts() }));
    return made;
  }

  static restore(state: LabelState, version: number): Label {
    return new Label(state, version);
  }

  /** @returns whether anything is changed */
  update(changes: LabelChanges, by: UserId, now: Date): boolean {
    const was = this.facts();
    this.change(changes);
    const { changed, before } = difference(was, this.facts());
    if (changed.length === 0) return false;
    this.change({ updatedAt: now });
    this.record(labelUpdated(this.context(by, now), { label: this.facts(), changed, before }));
    return true;
  }

  /** Ends it; the repository's removal publishes that. */
  delete(by: UserId, now: Date): void {
    const { id: labelId, name } = this.state;
    this.record(labelDeleted(this.context(by, now), { labelId, name }));
  }

  private facts(): LabelFacts {
    const { id, name, color, createdAt, updatedAt } = this.state;
    return { id, name, color, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
  }

  private context(actorId: UserId, at: Date): EventContext {
    return { workspaceId: this.state.workspaceId, actorId, at };
  }
}
