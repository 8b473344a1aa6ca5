import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { TaskId, TaskQueries } from '../../project';
import type { TaskAttachments } from './TaskAttachments';
import type { Arrival, ReceivedFile, Uploads } from './Uploads';

/** Attaches a file to a task: first its content arrives, then it becomes a file. */
export class AttachFile {
  constructor(
    private readonly taskQueries: TaskQueries,
    private readonly taskAttachments: TaskAttachments,
    private readonly uploads: Uploads,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws NotFoundError for the task, RequestError `QUOTA_EXCEEDED` */
  async receive(actor: WorkspaceActor, taskId: TaskId, arrival: Arrival): Promise<ReceivedFile> {
    await this.taskQueries.task(actor.workspaceId, taskId);
    return this.uploads.receive(actor, arrival);
  }

  /** @throws NotFoundError for a task that was deleted in the meantime */
  async execute(
    { workspaceId }: WorkspaceActor,
    { taskId, file }: { taskId: TaskId; file: ReceivedFile },
  ): Promise<void> {
    await this.unitOfWork.run({ workspaceId }, async () => {
      await this.taskQueries.task(workspaceId, taskId);
      await this.uploads.complete(workspaceId, file, taskId);
      await this.taskAttachments.add(workspaceId, taskId, file.id);
    });
  }

  /** Lets go of a file that arrived and was not attached. */
  drop({ workspaceId }: WorkspaceActor, { id }: ReceivedFile): Promise<void> {
    return this.uploads.drop(workspaceId, id);
  }
}
