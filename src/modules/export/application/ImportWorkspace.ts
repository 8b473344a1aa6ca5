import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../core/application/Clock';
import type { EventBus } from '../../../core/application/EventBus';
import type { TableExport } from '../../../core/application/TableExport';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { EmailAddress, UserRepository } from '../../user';
import { workspaceImported } from '../domain/events';
import type { ArchiveFiles, OpenArchive } from './ArchiveFiles';
import { checkArchive } from './checkArchive';
import type { ImportedContents } from './ImportedContents';
import type { ImportedPeople } from './ImportedPeople';
import { tableEntry } from './Manifest';
import { NewIds } from './NewIds';
import type { ArchivedPerson } from './readPerson';
import { readRow, refused, type Row } from './readRow';
import { RowSum } from './RowSum';
import type { WorkspaceTables } from './WorkspaceTables';

export interface ImportSummary {
  readonly workspaceId: WorkspaceId;
  readonly slug: string;
  /** People who have an account here already, and those for whom one was opened. */
  readonly people: { readonly known: number; readonly opened: number };
  /** Rows, table by table. */
  readonly rows: Readonly<Record<string, number>>;
}

const BATCH = 500;

/**
 * Restores a workspace from an archive under new ids, by whoever operates the platform: all of it or nothing. The archive
 * is checked to its end before the first write, and what was written is read back and compared before the commit.
 */
export class ImportWorkspace {
  constructor(
    private readonly archiveFiles: ArchiveFiles,
    private readonly workspaceTables: WorkspaceTables,
    private readonly tableExports: readonly TableExport[],
    private readonly importedPeople: ImportedPeople,
    private readonly importedContents: ImportedContents,
    private readonly users: UserRepository,
    private readonly eventBus: EventBus,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @param owner of a verified account, who becomes an owner too
   * @throws ValidationError that says why the archive is refused
   */
  async execute({ path, owner }: { path: string; owner?: EmailAddress }): Promise<ImportSummary> {
    const archive = await this.archiveFiles.open(path);
    try {
      const { people, workspace } = await checkArchive(archive, this.tableExports);
      const slug = await this.freeSlug(String(workspace.slug));
      const newIds = new NewIds();
      const restore = async (): Promise<ImportSummary> => {
        const ownerId = owner === undefined ? null : await this.verified(owner);
        return this.restore(archive, people, newIds, slug, ownerId);
      };
      return await this.importedContents.around(archive, newIds, () => this.unitOfWork.run({}, restore));
    } finally {
      archive.close();
    }
  }

  private async restore(
    archive: OpenArchive,
    people: readonly ArchivedPerson[],
    drawn: NewIds,
    slug: string,
    ownerId: UserId | null,
  ): Promise<ImportSummary> {
    const { manifest } = archive;
    const { ids, known, opened } = await this.importedPeople.settle(people);
    const newIds = drawn.withAccounts(ids);
    const workspaceId = newIds.workspace(manifest.workspace.id);
    const rows: Record<string, number> = {};
    await this.unitOfWork.run({ workspaceId }, async () => {
      await this.workspaceTables.prepare();
      const sums = new Map<TableExport, RowSum>();
      for (const table of this.tableExports) {
        const adapt = (row: Row): Row => ({
          ...newIds.inRow(table, row),
          ...(table.table === 'workspaces' && { slug }),
        });
        const sum = await this.add(archive, workspaceId, table, adapt);
        sums.set(table, sum);
        rows[table.table] = sum.count;
      }
      for (const [table, sum] of sums) await this.compare(workspaceId, table, sum);
      const now = this.clock.now();
      if (ownerId) await this.workspaceTables.appoint(workspaceId, ownerId, now);
      const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
      const from = manifest.workspace.id as WorkspaceId;
      await this.eventBus.publish([workspaceImported({ workspaceId, at: now }, { from, rows: total })]);
    });
    return { workspaceId, slug, people: { known, opened }, rows };
  }

  private async add(
    archive: OpenArchive,
    workspaceId: WorkspaceId,
    table: TableExport,
    adapt: (row: Row) => Row,
  ): Promise<RowSum> {
    const sum = new RowSum();
    let batch: Row[] = [];
    const flush = async (): Promise<void> => {
      if (batch.length > 0) await this.workspaceTables.add(workspaceId, table, batch);
      batch = [];
    };
    for await (const line of archive.lines(tableEntry(table.table))) {
      const row = adapt(readRow(table, line));
      sum.add(row);
      batch.push(row);
      if (batch.length === BATCH) await flush();
    }
    await flush();
    return sum;
  }

  /** Holds what stands in the database now against what was to be written. */
  private async compare(workspaceId: WorkspaceId, table: TableExport, expected: RowSum): Promise<void> {
    const written = new RowSum();
    for await (const lines of this.workspaceTables.of(workspaceId, table)) {
      for (const line of lines) written.add(readRow(table, line));
    }
    if (!written.equals(expected)) throw refused(table.table, 'what was written differs from what is in the archive');
  }

  private async verified(email: EmailAddress): Promise<UserId> {
    const user = await this.users.findByEmail(email);
    if (!user?.state.emailVerifiedAt) throw new ValidationError(`There is no verified account ${email}.`);
    return user.state.id;
  }

  /** The slug of the workspace, or one made from it when it is taken here. */
  private async freeSlug(slug: string): Promise<string> {
    if (!(await this.workspaceTables.isSlugTaken(slug))) return slug;
    return `${slug.slice(0, 40).replace(/-$/, '')}-${randomBytes(3).toString('hex')}`;
  }
}
