import type { WorkspaceActor } from '../../../core/domain/Actor';
import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { EventContext } from '../../../core/domain/DomainEvent';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { CalendarDate } from './CalendarDate';
import { difference } from './difference';
import { projectCreated, projectDeleted, projectRestored, projectUpdated, type ProjectFacts } from './events';
import type { ProjectId } from './ProjectId';
import type { ProjectKey } from './ProjectKey';
import type { ProjectName } from './ProjectName';
import type { ProjectStatus } from './ProjectStatus';
import { assertRestorable, restorableUntil } from './restorable';

export interface ProjectState {
  readonly id: ProjectId;
  readonly workspaceId: WorkspaceId;
  readonly name: ProjectName;
  /** Of no other project of the workspace that is not deleted. */
  readonly key: ProjectKey;
  readonly description: string | null;
  readonly status: ProjectStatus;
  readonly leadId: UserId | null;
  readonly startDate: CalendarDate | null;
  readonly endDate: CalendarDate | null;
  /** A person, or an API key. */
  readonly createdBy: UserId;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
}

export type ProjectChanges = Partial<
  Pick<ProjectState, 'name' | 'key' | 'description' | 'status' | 'leadId' | 'startDate' | 'endDate'>
>;

type NewProject = Pick<ProjectState, 'id' | 'name' | 'key'> & Omit<ProjectChanges, 'status'>;

/** What belongs together of a workspace's work. */
export class Project extends AggregateRoot<ProjectState> {
  /** @throws ValidationError when it ends before it starts */
  static create({ workspaceId, userId }: WorkspaceActor, project: NewProject, now: Date): Project {
    const made = new Project(
      {
        description: null,
        leadId: null,
        startDate: null,
        endDate: null,
        ...project,
        workspaceId,
        status: 'active',
        createdBy: userId,
        createdAt: now,
        updatedAt: now,
        deletedAt: null,
      },
      0,
    );
    made.assertInOrder();
    made.record(projectCreated(made.context(userId, now), { project: made.facts() }));
    return made;
  }

  static restore(state: ProjectState, version: number): Project {
    return new Project(state, version);
  }

  /**
   * What is named already is no change.
   * @returns whether anything is
   * @throws ValidationError when it would end before it starts
   */
  update(changes: ProjectChanges, by: UserId | null, now: Date): boolean {
    const was = this.facts();
    this.change(changes);
    this.assertInOrder();
    const { changed, before } = difference(was, this.facts());
    if (changed.length === 0) return false;
    this.change({ updatedAt: now });
    this.record(projectUpdated(this.context(by, now), { project: this.facts(), changed, before }));
    return true;
  }

  /** It can be brought back for 30 days. */
  delete(by: UserId, now: Date): void {
    this.change({ deletedAt: now, updatedAt: now });
    const facts = { projectId: this.state.id, restorableUntil: restorableUntil(now) };
    this.record(projectDeleted(this.context(by, now), facts));
  }

  /**
   * One that is not deleted stays as it is.
   * @param changes what it can't come back with
   * @throws NotFoundError after 30 days
   */
  undelete(by: UserId, now: Date, changes: Pick<ProjectChanges, 'leadId'> = {}): void {
    if (!this.state.deletedAt) return;
    assertRestorable(this.state.deletedAt, now);
    const was = this.facts();
    this.change({ ...changes, deletedAt: null, updatedAt: now });
    const facts = this.facts();
    this.record(projectRestored(this.context(by, now), { project: facts, ...difference(was, facts) }));
  }

  private assertInOrder(): void {
    const { startDate, endDate } = this.state;
    if (startDate === null || endDate === null || startDate <= endDate) return;
    throw ValidationError.field('endDate', 'endDate must not be before startDate.');
  }

  private facts(): ProjectFacts {
    const { workspaceId, deletedAt, createdAt, updatedAt, ...project } = this.state;
    const times = { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
    return { ...project, ...times, version: this.version + 1 };
  }

  private context(actorId: UserId | null, at: Date): EventContext {
    return { workspaceId: this.state.workspaceId, actorId, at };
  }
}
