import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { rankBetween, type Rank } from '../domain/Rank';
import type { TaskId } from '../domain/TaskId';
import type { TaskRepository } from '../domain/TaskRepository';
import type { TaskStatus } from '../domain/TaskStatus';
import type { TaskRules } from './TaskRules';

/** Right behind one task, right before another one, or between the two; without either, to the end. */
export interface Place {
  /** That of the task by default. */
  readonly status?: TaskStatus;
  readonly afterId?: TaskId | null;
  readonly beforeId?: TaskId | null;
}

/** Puts a task to a place among those of a status, and touches none of them. */
export class MoveTask {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly taskRules: TaskRules,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError for any of the tasks, ConflictError when the others do not stand there, or not in that order */
  execute(actor: WorkspaceActor, { id, ...to }: { id: TaskId } & Place): Promise<void> {
    const { workspaceId, userId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const task = await this.tasks.get(workspaceId, id);
      const { status = task.state.status } = to;
      const { above, below } = await this.neighbours(workspaceId, status, to);
      if (above !== null && below !== null && above >= below) throw elsewhere();
      const byStatus = await this.taskRules.changesBy(task.state, status);
      const now = this.clock.now();
      task.move({ ...byStatus, status, rank: rankBetween(above, below, now) }, userId, now);
      await this.tasks.save(task);
    });
  }

  private async neighbours(
    workspaceId: WorkspaceId,
    status: TaskStatus,
    { afterId, beforeId }: Place,
  ): Promise<{ above: Rank | null; below: Rank | null }> {
    const above = afterId ? await this.rankOf('afterId', workspaceId, status, afterId) : null;
    const below = beforeId ? await this.rankOf('beforeId', workspaceId, status, beforeId) : null;
    return {
      above: afterId ? above : await this.tasks.rankBefore(workspaceId, status, below),
      below: afterId && !beforeId ? await this.tasks.rankAfter(workspaceId, status, above) : below,
    };
  }

  private async rankOf(field: string, workspaceId: WorkspaceId, status: TaskStatus, id: TaskId): Promise<Rank> {
    const place = await this.tasks.findPlace(workspaceId, id);
    if (!place) throw NotFoundError.of(field);
    if (place.status !== status) throw elsewhere();
    return place.rank;
  }
}

function elsewhere(): ConflictError {
  return new ConflictError('CONFLICT', 'The tasks do not stand where you last saw them; read them again.');
}
