import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { newId } from '../../../core/domain/Id';
import type { TaskQueries, TaskWatchers } from '../../project';
import type { TaskId } from '../domain/TaskId';
import { Comment } from '../domain/Comment';
import type { CommentBody } from '../domain/CommentBody';
import type { CommentId } from '../domain/CommentId';
import type { CommentRepository } from '../domain/CommentRepository';
import { mentionsIn } from '../domain/mentionsIn';
import type { MentionableMembers } from './MentionableMembers';

/** Comments on a task, which its writer watches from then on: they want to hear the answer. */
export class CreateComment {
  constructor(
    private readonly comments: CommentRepository,
    private readonly mentionableMembers: MentionableMembers,
    private readonly taskQueries: TaskQueries,
    private readonly taskWatchers: TaskWatchers,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError for the task */
  execute(actor: WorkspaceActor, { taskId, body }: { taskId: TaskId; body: CommentBody }): Promise<CommentId> {
    const { workspaceId, userId } = actor;
    return this.unitOfWork.run(actor, async () => {
      await this.taskQueries.task(workspaceId, taskId);
      const mentions = await this.mentionableMembers.among(workspaceId, mentionsIn(body));
      const comment = Comment.create(actor, { id: newId(), taskId, body, mentions }, this.clock.now());
      await this.comments.save(comment);
      await this.taskWatchers.add(workspaceId, taskId, [userId]);
      return comment.state.id;
    });
  }
}
