import type { Clock } from '../../../core/application/Clock';
import type { JobQueue } from '../../../core/application/JobQueue';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { FileId } from '../domain/FileId';
import type { FileRepository } from '../domain/FileRepository';
import { REMOVE_CONTENT_JOB } from './RemoveContent';

interface Deletion {
  readonly by: UserId | null;
  readonly taskId: string | null;
}

/** Deletes a file, inside the open unit of work; its content goes after the commit. */
export class DeleteFile {
  constructor(
    private readonly files: FileRepository,
    private readonly jobQueue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError */
  async execute(workspaceId: WorkspaceId, id: FileId, deletion: Deletion): Promise<void> {
    const file = await this.files.get(workspaceId, id);
    file.delete(deletion, this.clock.now());
    await this.files.remove(file);
    await this.jobQueue.add(REMOVE_CONTENT_JOB, { workspaceId, id });
  }
}
