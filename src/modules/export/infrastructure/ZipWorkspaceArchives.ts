import { Readable } from 'node:stream';
import { version as platform } from '../../../../package.json';
import type { FileStorage } from '../../../core/application/FileStorage';
import type { TableExport } from '../../../core/application/TableExport';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceId } from '../../../core/domain/Id';
import { ARCHIVE_FORMAT, contentEntry, PEOPLE, tableEntry } from '../application/Manifest';
import type { WorkspaceArchives } from '../application/WorkspaceArchives';
import type { Archive } from '../domain/Archive';
import { ArchiveWriter } from './ArchiveWriter';
import { Digest } from '../../../core/application/Digest';
import type { WorkspaceRows } from './WorkspaceRows';

/** What rows of a workspace have in the file storage: the entry, and the key. */
type Contents = Map<string, string>;

/**
 * Archives as ZIP, from one snapshot of the database straight into the file storage: memory does not grow with rows. What
 * rows have in the storage follows, when nothing waits for it in the database any more.
 */
export class ZipWorkspaceArchives implements WorkspaceArchives {
  constructor(
    private readonly workspaceRows: WorkspaceRows,
    private readonly tableExports: readonly TableExport[],
    private readonly fileStorage: FileStorage,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async write(workspaceId: WorkspaceId, key: string, createdAt: Date): Promise<Archive> {
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
  }

  private async fill(archive: ArchiveWriter, workspaceId: WorkspaceId): Promise<void> {
    const addRows = (): Promise<Contents> => this.addRows(archive, workspaceId);
    const contents = await this.unitOfWork.run({ workspaceId }, addRows, { snapshot: true });
    for (const [entry, key] of contents) {
      const content = await this.fileStorage.open(key);
      // Gone since: whoever deletes something does not wait for an export.
      if (content) await archive.addContent(entry, content);
    }
    archive.finish({ format: ARCHIVE_FORMAT, platform, workspace: { id: workspaceId } });
  }

  private async addRows(archive: ArchiveWriter, workspaceId: WorkspaceId): Promise<Contents> {
    const contents: Contents = new Map();
    await this.workspaceRows.prepare();
    await archive.add(PEOPLE, this.workspaceRows.people(workspaceId));
    for (const table of this.tableExports) {
      const rows = this.workspaceRows.of(workspaceId, table);
      await archive.add(tableEntry(table.table), notingContents(rows, workspaceId, table, contents));
    }
    return contents;
  }
}

/** The same rows; what they have in the storage is noted. */
async function* notingContents(
  batches: AsyncIterable<readonly string[]>,
  workspaceId: WorkspaceId,
  { table, contentKey }: TableExport,
  contents: Contents,
): AsyncGenerator<readonly string[]> {
  for await (const lines of batches) {
    for (const line of contentKey ? lines : []) {
      const { id } = JSON.parse(line) as { id: string };
      contents.set(contentEntry(table, id), contentKey?.(workspaceId, id) ?? '');
    }
    yield lines;
  }
}
