import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { LabelId } from '../domain/LabelId';
import type { LabelRepository } from '../domain/LabelRepository';

/** Ends a label, and takes it from all tasks. */
export class DeleteLabel {
  constructor(
    private readonly labelRepository: LabelRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError */
  execute(actor: WorkspaceActor, { id }: { id: LabelId }): Promise<void> {
    return this.unitOfWork.run(actor, async () => {
      const label = await this.labelRepository.get(actor.workspaceId, id);
      label.delete(actor.userId, this.clock.now());
      await this.labelRepository.remove(label);
    });
  }
}
