import { idsIn, type ContentSweep } from '../../../core/application/ContentSweep';
import type { ScheduledJob } from '../../../core/application/JobQueue';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { fileKey } from '../domain/UploadedFile';
import type { DeleteFile } from './DeleteFile';
import type { FileAddress, FileQueries } from './FileQueries';

const BATCH = 500;

/**
 * Files go that are attached to nothing any more; and contents that no file is known of: those of purged workspaces, and
 * what was left when the storage did not answer, or a node went down, at the wrong moment.
 */
export class RemoveOrphans implements ScheduledJob {
  readonly name = 'file.remove-orphans';

  readonly schedule = '7 3 * * *';

  constructor(
    private readonly fileQueries: FileQueries,
    private readonly deleteFile: DeleteFile,
    private readonly contentSweep: ContentSweep,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async run(): Promise<void> {
    await this.deleteUnattached();
    await this.contentSweep.run<FileAddress>({
      folder: 'workspaces',
      keyOf: ({ workspaceId, id }) => fileKey(workspaceId, id),
      addressOf: (key) => {
        const ids = idsIn(key, fileKey);
        return ids && { workspaceId: ids[0], id: ids[1] };
      },
      unknown: (addresses) => this.fileQueries.unknown(addresses),
    });
  }

  private async deleteUnattached(): Promise<void> {
    let found: readonly FileAddress[];
    do {
      found = await this.fileQueries.unattached(BATCH);
      for (const { workspaceId, id } of found) {
        const nobody = { by: null, taskId: null };
        await this.unitOfWork.run({ workspaceId }, () => this.deleteFile.execute(workspaceId, id, nobody));
      }
    } while (found.length === BATCH);
  }
}
