import { Readable } from 'node:stream';
import { version as platform } from '../../../../package.json';
import type { FileStorage } from '../../../core/application/FileStorage';
import type { TableExport } from '../../../core/application/TableExport';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceId } from '../../../core/domain/Id';
import { ARCHIVE_FORMAT, PEOPLE, tableEntry } from '../application/Manifest';
import type { WorkspaceArchives } from '../application/WorkspaceArchives';
import type { Archive } from '../domain/Archive';
import { ArchiveWriter } from './ArchiveWriter';
import { Digest } from '../../../core/application/Digest';
import type { WorkspaceRows } from './WorkspaceRows';

/** Archives as ZIP, from one snapshot of the database straight into the file storage: memory does not grow with rows. */
export class ZipWorkspaceArchives implements WorkspaceArchives {
  constructor(
    private readonly workspaceRows: WorkspaceRows,
    private readonly tableExports: readonly TableExport[],
    private readonly fileStorage: FileStorage,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  write(workspaceId: WorkspaceId, key: string, createdAt: Date): Promise<Archive> {
    const work = async (): Promise<Archive> => {
      const archive = new ArchiveWriter(createdAt);
      const whole = new Digest();
      // Each side waits for the other, so one that fails must not leave the other waiting.
      let failure: Error | undefined;
      const abort = (error: Error): void => {
        failure ??= error;
        archive.abort(error);
      };
      const kept = this.fileStorage.put(key, Readable.from(whole.of(archive.content))).catch(abort);
      await this.fill(archive, workspaceId).catch(abort);
      await kept;
      if (failure) throw failure;
      return { bytes: whole.bytes, rows: archive.rows, sha256: whole.sha256() };
    };
    return this.unitOfWork.run({ workspaceId }, work, { snapshot: true });
  }

  private async fill(archive: ArchiveWriter, workspaceId: WorkspaceId): Promise<void> {
    await this.workspaceRows.prepare();
    await archive.add(PEOPLE, this.workspaceRows.people(workspaceId));
    for (const table of this.tableExports) {
      await archive.add(tableEntry(table.table), this.workspaceRows.of(workspaceId, table));
    }
    archive.finish({ format: ARCHIVE_FORMAT, platform, workspace: { id: workspaceId } });
  }
}
