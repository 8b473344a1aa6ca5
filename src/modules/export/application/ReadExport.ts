import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { ExportId } from '../domain/ExportId';
import type { ExportQueries, ExportView } from './ExportQueries';
import type { OwnersOnly } from './OwnersOnly';

/** Tells an owner how far an archive is. */
export class ReadExport {
  constructor(
    private readonly exportQueries: ExportQueries,
    private readonly ownersOnly: OwnersOnly,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ForbiddenError `PERMISSION_DENIED`, NotFoundError */
  execute(actor: WorkspaceActor, id: ExportId): Promise<ExportView> {
    return this.unitOfWork.run(actor, async () => {
      await this.ownersOnly.assert(actor);
      return this.exportQueries.export(actor.workspaceId, id, this.clock.now());
    });
  }
}
