import type { Clock } from '../../../core/application/Clock';
import type { JobQueue } from '../../../core/application/JobQueue';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { newId, type WorkspaceId } from '../../../core/domain/Id';
import type { OwnerRules } from '../../workspace';
import type { ExportId } from '../domain/ExportId';
import { WorkspaceExport } from '../domain/WorkspaceExport';
import type { WorkspaceExportRepository } from '../domain/WorkspaceExportRepository';

/** The name of the job that makes the archive. */
export const MAKE_ARCHIVE_JOB = 'export.make-archive';

export interface ArchiveJob {
  readonly workspaceId: WorkspaceId;
  readonly exportId: ExportId;
}

/** Has an archive of the workspace made. */
export class RequestExport {
  constructor(
    private readonly workspaceExports: WorkspaceExportRepository,
    private readonly ownerRules: OwnerRules,
    private readonly jobQueue: JobQueue,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ForbiddenError `ROLE_ESCALATION`, ConflictError while another one is under way */
  execute(actor: WorkspaceActor): Promise<ExportId> {
    const { workspaceId } = actor;
    return this.unitOfWork.run(actor, async () => {
      await this.ownerRules.assertOwner(actor.workspaceId, actor.userId);
      const exportId = newId<ExportId>();
      await this.workspaceExports.save(WorkspaceExport.request(actor, exportId, this.clock.now()));
      await this.jobQueue.add(MAKE_ARCHIVE_JOB, { workspaceId, exportId } satisfies ArchiveJob, exportId);
      return exportId;
    });
  }
}
