import type { Clock } from '../../../core/application/Clock';
import type { FileStorage } from '../../../core/application/FileStorage';
import type { ScheduledJob } from '../../../core/application/JobQueue';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { FileId } from '../domain/FileId';
import { fileKey } from '../domain/UploadedFile';
import type { DeleteFile } from './DeleteFile';
import type { FileAddress, FileQueries } from './FileQueries';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const KEY = new RegExp(`^${fileKey(`(${UUID})` as WorkspaceId, `(${UUID})` as FileId)}$`);

const BATCH = 500;
/** Milliseconds in which a file that has just been stored may be without anything in the database that knows it. */
const YOUNG_MS = 24 * 60 * 60 * 1000;

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
    private readonly fileStorage: FileStorage,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    await this.deleteUnattached();
    await this.removeUnknown();
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

  private async removeUnknown(): Promise<void> {
    let batch: FileAddress[] = [];
    for await (const address of this.stored()) {
      batch.push(address);
      if (batch.length === BATCH) {
        await this.sweep(batch);
        batch = [];
      }
    }
    await this.sweep(batch);
  }

  /** Where contents lie that are not young any more. */
  private async *stored(): AsyncGenerator<FileAddress> {
    const young = this.clock.now().getTime() - YOUNG_MS;
    for await (const { key, storedAt } of this.fileStorage.list('workspaces')) {
      const [, workspaceId, id] = KEY.exec(key) ?? [];
      const isFile = workspaceId !== undefined && id !== undefined;
      if (isFile && storedAt.getTime() < young) yield { workspaceId: workspaceId as WorkspaceId, id: id as FileId };
    }
  }

  private async sweep(addresses: readonly FileAddress[]): Promise<void> {
    for (const { workspaceId, id } of await this.fileQueries.unknown(addresses)) {
      await this.fileStorage.remove(fileKey(workspaceId, id));
    }
  }
}
