import type { Clock } from '../../../core/application/Clock';
import type { FileStorage } from '../../../core/application/FileStorage';
import type { JobTask } from '../../../core/application/JobQueue';
import type { Logger } from '../../../core/application/Logger';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { UnavailableError } from '../../../core/errors/UnavailableError';
import type { MemberRoles } from '../../workspace';
import type { WorkspaceExport } from '../domain/WorkspaceExport';
import type { WorkspaceExportRepository } from '../domain/WorkspaceExportRepository';
import { MAKE_ARCHIVE_JOB, type ArchiveJob } from './RequestExport';
import type { WorkspaceArchives } from './WorkspaceArchives';

/** How an export ends, and what that means for those before it. */
type End = (pending: WorkspaceExport, earlier: readonly WorkspaceExport[]) => void;

/** Makes the archive that was asked for; a run that was cut off is made up for by the next one. */
export class MakeArchive implements JobTask<ArchiveJob> {
  readonly name = MAKE_ARCHIVE_JOB;

  constructor(
    private readonly workspaceExports: WorkspaceExportRepository,
    private readonly workspaceArchives: WorkspaceArchives,
    private readonly memberRoles: MemberRoles,
    private readonly fileStorage: FileStorage,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async run(job: ArchiveJob): Promise<void> {
    const requested = await this.unitOfWork.run(job, () => this.workspaceExports.get(job.workspaceId, job.exportId));
    if (!requested.isPending) return;
    try {
      await this.fileStorage.remove(requested.key);
      await this.make(requested);
    } catch (error) {
      // The database is away: the job is tried again until it is back.
      if (error instanceof UnavailableError) throw error;
      this.logger.error('An archive could not be made', { error, ...job });
      const failed = await this.settle(job, (pending) => pending.fail('INTERNAL_ERROR', this.clock.now()));
      // Otherwise another run has made it, and the file is its own.
      if (failed) await this.fileStorage.remove(requested.key).catch(() => {});
    }
  }

  private async make({ key, state: { workspaceId, id: exportId, requestedBy, createdAt } }: WorkspaceExport) {
    const mayHave = async () => (await this.memberRoles.owners(workspaceId)).includes(requestedBy);
    if (!(await this.unitOfWork.run({ workspaceId }, mayHave))) {
      await this.settle({ workspaceId, exportId }, (pending) => pending.fail('PERMISSION_DENIED', this.clock.now()));
      return;
    }
    const archive = await this.workspaceArchives.write(workspaceId, key, createdAt);
    await this.settle({ workspaceId, exportId }, (pending, earlier) => {
      pending.complete(archive, this.clock.now());
      for (const each of earlier) each.giveWay(this.clock.now());
    });
  }

  /** Whether it was this run that ended the export. */
  private settle({ workspaceId, exportId }: ArchiveJob, end: End): Promise<boolean> {
    return this.unitOfWork.run({ workspaceId }, async () => {
      const earlier = await this.workspaceExports.findReady(workspaceId);
      const pending = await this.workspaceExports.get(workspaceId, exportId);
      if (!pending.isPending) return false;
      end(pending, earlier);
      for (const each of [pending, ...earlier]) await this.workspaceExports.save(each);
      return true;
    });
  }
}
