import type { Clock } from '../../../core/application/Clock';
import type { FileStorage } from '../../../core/application/FileStorage';
import type { ScheduledJob } from '../../../core/application/JobQueue';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { archiveKey } from '../domain/WorkspaceExport';
import type { WorkspaceExportRepository } from '../domain/WorkspaceExportRepository';
import type { ExportQueries } from './ExportQueries';

/** Archives whose time is up go for good; so does what is left of one that never came to be. */
export class ExpireArchives implements ScheduledJob {
  readonly name = 'export.expire-archives';

  readonly schedule = '27 * * * *';

  constructor(
    private readonly workspaceExports: WorkspaceExportRepository,
    private readonly exportQueries: ExportQueries,
    private readonly fileStorage: FileStorage,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    for (const { workspaceId, id } of await this.exportQueries.due(this.clock.now())) {
      await this.fileStorage.remove(archiveKey(workspaceId, id));
      await this.unitOfWork.run({ workspaceId }, async () => {
        const due = await this.workspaceExports.get(workspaceId, id);
        due.expire();
        await this.workspaceExports.save(due);
      });
    }
  }
}
