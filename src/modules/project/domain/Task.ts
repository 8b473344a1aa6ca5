import type { WorkspaceActor } from '../../../core/domain/Actor';
import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { EventContext } from '../../../core/domain/DomainEvent';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { UnprocessableError } from '../../../core/errors/UnprocessableError';
import { difference } from './difference';
import { taskCreated, taskDeleted, taskRestored, taskUpdated, type TaskFacts } from './events';
import type { LabelId } from './LabelId';
import type { ProjectId } from './ProjectId';
import { newRank, type Rank } from './Rank';
import { assertRestorable, restorableUntil } from './restorable';
import type { TaskId } from './TaskId';
import type { TaskPriority } from './TaskPriority';
import type { TaskStatus } from './TaskStatus';
import type { TaskTitle } from './TaskTitle';

export interface TaskState {
  readonly id: TaskId;
  readonly workspaceId: WorkspaceId;
  readonly title: TaskTitle;
  readonly description: string | null;
  readonly status: TaskStatus;
  readonly priority: TaskPriority;
  readonly assigneeId: UserId | null;
  readonly projectId: ProjectId | null;
  /** The task that it is a part of, which is a part of none. */
  readonly parentId: TaskId | null;
  /** Each once, in order. */
  readonly labelIds: readonly LabelId[];
  readonly dueDate: Date | null;
  readonly rank: Rank;
  /** A person, or an API key. */
  readonly createdBy: UserId;
  /** When it was done, as long as it is. */
  readonly completedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
}

/** What people say of a task. */
export type TaskChanges = Partial<
  Pick<
    TaskState,
    'title' | 'description' | 'status' | 'priority' | 'assigneeId' | 'projectId' | 'parentId' | 'labelIds' | 'dueDate'
  >
>;

type NewTask = Pick<TaskState, 'id' | 'title'> & TaskChanges;

/** Something that is to be done. */
export class Task extends AggregateRoot<TaskState> {
  /** @param task the last of its status, `todo` by default */
  static create({ workspaceId, userId }: WorkspaceActor, task: NewTask, now: Date): Task {
    const { status = 'todo', labelIds = [] } = task;
    const made = new Task(
      {
        description: null,
        priority: 'medium',
        assigneeId: null,
        projectId: null,
        parentId: null,
        dueDate: null,
        ...task,
        workspaceId,
        status,
        labelIds: inOrder(labelIds),
        rank: newRank(now),
        createdBy: userId,
        completedAt: status === 'done' ? now : null,
        createdAt: now,
        updatedAt: now,
        deletedAt: null,
      },
      0,
    );
    made.record(taskCreated(made.context(userId, now), { task: made.facts() }));
    return made;
  }

  static restore(state: TaskState, version: number): Task {
    return new Task(state, version);
  }

  /**
   * Changes what is named; what it is already is no change. In another status it is the last one.
   * @returns whether anything is changed
   * @throws UnprocessableError `INVALID_PARENT` for a task that is its own part
   */
  update(changes: TaskChanges, by: UserId | null, now: Date): boolean {
    const { labelIds, status = this.state.status } = changes;
    return this.edit(
      {
        ...changes,
        ...(labelIds && { labelIds: inOrder(labelIds) }),
        ...(status !== this.state.status && { rank: newRank(now) }),
      },
      by,
      now,
    );
  }

  /** Puts it to a place among those of a status; with another one to do it, where it can't stay with who was. */
  move(to: Pick<TaskState, 'status' | 'rank'> & Pick<TaskChanges, 'assigneeId'>, by: UserId, now: Date): void {
    this.edit(to, by, now);
  }

  /** It can be brought back for 30 days. */
  delete(by: UserId | null, now: Date): void {
    this.change({ deletedAt: now, updatedAt: now });
    const facts = { taskId: this.state.id, restorableUntil: restorableUntil(now) };
    this.record(taskDeleted(this.context(by, now), facts));
  }

  /**
   * One that is not deleted stays as it is.
   * @param changes what it can't come back with
   * @throws NotFoundError after 30 days
   */
  undelete(by: UserId, now: Date, changes: Pick<TaskChanges, 'parentId' | 'assigneeId'> = {}): void {
    if (!this.state.deletedAt) return;
    assertRestorable(this.state.deletedAt, now);
    const was = this.facts();
    this.change({ ...changes, deletedAt: null, updatedAt: now });
    const facts = this.facts();
    this.record(taskRestored(this.context(by, now), { task: facts, ...difference(was, facts) }));
  }

  private edit(wanted: TaskChanges & Partial<Pick<TaskState, 'rank'>>, by: UserId | null, now: Date): boolean {
    const { id, status, completedAt } = this.state;
    if (wanted.parentId === id) throw invalidParent('A task is no part of itself.');
    const was = this.facts();
    this.change({ ...wanted, completedAt: completion(status, wanted.status ?? status, completedAt, now) });
    const { changed, before } = difference(was, this.facts());
    if (changed.length === 0) return false;
    this.change({ updatedAt: now });
    this.record(taskUpdated(this.context(by, now), { task: this.facts(), changed, before }));
    return true;
  }

  private facts(): TaskFacts {
    const { workspaceId, deletedAt, dueDate, completedAt, createdAt, updatedAt, ...task } = this.state;
    return {
      ...task,
      dueDate: dueDate?.toISOString() ?? null,
      completedAt: completedAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      version: this.version + 1,
    };
  }

  private context(actorId: UserId | null, at: Date): EventContext {
    return { workspaceId: this.state.workspaceId, actorId, at };
  }
}

/** A task is completed at the moment that it is done, and is no more once it is anything else. */
function completion(from: TaskStatus, to: TaskStatus, completedAt: Date | null, now: Date): Date | null {
  if (to !== 'done') return null;
  return from === 'done' ? completedAt : now;
}

const inOrder = (labelIds: readonly LabelId[]): readonly LabelId[] => [...new Set(labelIds)].sort();

export function invalidParent(why: string): UnprocessableError {
  return new UnprocessableError('INVALID_PARENT', why, { errors: [{ field: 'parentId', message: why }] });
}
