import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { LabelChanges } from '../domain/Label';
import type { LabelId } from '../domain/LabelId';
import type { LabelRepository } from '../domain/LabelRepository';

export class UpdateLabel {
  constructor(
    private readonly labelRepository: LabelRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError, ConflictError `LABEL_NAME_TAKEN` */
  execute(actor: WorkspaceActor, { id, changes }: { id: LabelId; changes: LabelChanges }): Promise<void> {
    return this.unitOfWork.run(actor, async () => {
      const label = await this.labelRepository.get(actor.workspaceId, id);
      if (label.update(changes, actor.userId, this.clock.now())) await this.labelRepository.save(label);
    });
  }
}
