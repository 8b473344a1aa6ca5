import type { Clock } from '../../../core/application/Clock';
import type { Downloads, StreamedContent } from '../../../core/application/Downloads';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import type { OwnerRules } from '../../workspace';
import type { ExportId } from '../domain/ExportId';
import type { WorkspaceExportRepository } from '../domain/WorkspaceExportRepository';

/** Hands an archive over while it is kept. */
export class DownloadArchive {
  constructor(
    private readonly workspaceExports: WorkspaceExportRepository,
    private readonly ownerRules: OwnerRules,
    private readonly downloads: Downloads,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws ForbiddenError `ROLE_ESCALATION`, NotFoundError for an archive that is not ready or has expired,
   * UnavailableError when this node can't reach it
   */
  async execute(actor: WorkspaceActor, id: ExportId): Promise<StreamedContent> {
    const content = await this.unitOfWork.run(actor, async () => {
      await this.ownerRules.assertOwner(actor.workspaceId, actor.userId);
      const ready = await this.workspaceExports.get(actor.workspaceId, id);
      const { archive } = ready.state;
      if (!archive || !ready.isDownloadable(this.clock.now())) throw new NotFoundError();
      return { key: ready.key, ...archive };
    });
    return this.downloads.stream(content);
  }
}
