import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { newId } from '../../../core/domain/Id';
import { Label, type LabelChanges } from '../domain/Label';
import type { LabelId } from '../domain/LabelId';
import type { LabelRepository } from '../domain/LabelRepository';

export class CreateLabel {
  constructor(
    private readonly labelRepository: LabelRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ConflictError `LABEL_NAME_TAKEN` */
  execute(actor: WorkspaceActor, input: Required<LabelChanges>): Promise<LabelId> {
    return this.unitOfWork.run(actor, async () => {
      const label = Label.create(actor, { id: newId(), ...input }, this.clock.now());
      await this.labelRepository.save(label);
      return label.state.id;
    });
  }
}
