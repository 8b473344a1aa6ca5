import { Readable } from 'node:stream';
import type { FileStorage } from '../../../core/application/FileStorage';
import type { TableExport } from '../../../core/application/TableExport';
import type { OpenArchive } from './ArchiveFiles';
import { contentOf } from './Manifest';
import type { NewIds } from './NewIds';

/** Brings what the rows of an archive have in the file storage into the one here. */
export class ImportedContents {
  constructor(
    private readonly fileStorage: FileStorage,
    private readonly tableExports: readonly TableExport[],
  ) {}

  /** Keeps them under the keys that their rows will have, does the work that makes the rows, and removes them if it fails. */
  async around<Result>(archive: OpenArchive, newIds: NewIds, work: () => Promise<Result>): Promise<Result> {
    const kept: string[] = [];
    try {
      for (const [entry, key] of this.keys(archive, newIds)) {
        kept.push(key);
        await this.fileStorage.put(key, Readable.from(archive.bytes(entry)));
      }
      return await work();
    } catch (error) {
      for (const key of kept) await this.fileStorage.remove(key).catch(() => {});
      throw error;
    }
  }

  private *keys({ manifest }: OpenArchive, newIds: NewIds): Generator<[entry: string, key: string]> {
    const workspaceId = newIds.workspace(manifest.workspace.id);
    for (const entry of Object.keys(manifest.entries)) {
      const content = contentOf(entry);
      const table = this.tableExports.find((each) => each.table === content?.table);
      if (content && table?.contentKey) yield [entry, table.contentKey(workspaceId, newIds.of(content.id))];
    }
  }
}
