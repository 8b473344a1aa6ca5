import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { TaskId } from '../domain/TaskId';
import type { TaskReferences } from './TaskReferences';
import type { TaskQueries } from './TaskQueries';
import { notAMember } from './TaskRules';
import type { TaskWatchers } from './TaskWatchers';

/** Lets people say of which tasks they want to hear. */
export class WatchTask {
  constructor(
    private readonly taskQueries: TaskQueries,
    private readonly taskReferences: TaskReferences,
    private readonly taskWatchers: TaskWatchers,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws NotFoundError, UnprocessableError `NOT_A_MEMBER` for an API key, which nobody can tell anything */
  watch(actor: WorkspaceActor, id: TaskId): Promise<void> {
    const { workspaceId, userId } = actor;
    return this.unitOfWork.run(actor, async () => {
      await this.taskQueries.task(workspaceId, id);
      if (!(await this.taskReferences.isActiveMember(workspaceId, userId))) throw notAMember('Authorization');
      await this.taskWatchers.add(workspaceId, id, [userId]);
    });
  }

  /** @throws NotFoundError */
  unwatch(actor: WorkspaceActor, id: TaskId): Promise<void> {
    const { workspaceId, userId } = actor;
    return this.unitOfWork.run(actor, async () => {
      await this.taskQueries.task(workspaceId, id);
      await this.taskWatchers.remove(workspaceId, id, userId);
    });
  }
}
