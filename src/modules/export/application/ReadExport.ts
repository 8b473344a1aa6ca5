import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { OwnerRules } from '../../workspace';
import type { ExportId } from '../domain/ExportId';
import type { ExportQueries, ExportView } from './ExportQueries';

/** Tells an owner how far an archive is. */
export class ReadExport {
  constructor(
    private readonly exportQueries: ExportQueries,
    private readonly ownerRules: OwnerRules,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ForbiddenError `ROLE_ESCALATION`, NotFoundError */
  execute(actor: WorkspaceActor, id: ExportId): Promise<ExportView> {
    return this.unitOfWork.run(actor, async () => {
      await this.ownerRules.assertOwner(actor.workspaceId, actor.userId);
      return this.exportQueries.export(actor.workspaceId, id, this.clock.now());
    });
  }
}
