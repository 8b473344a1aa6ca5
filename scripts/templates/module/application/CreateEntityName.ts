import type { Clock } from '../../../../src/core/application/Clock';
import type { UnitOfWork } from '../../../../src/core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../../src/core/domain/Actor';
import { newId } from '../../../../src/core/domain/Id';
import { EntityName, type EntityNameContent } from '../domain/EntityName';
import type { EntityNameId } from '../domain/EntityNameId';
import type { EntityNameRepository } from '../domain/EntityNameRepository';

export class CreateEntityName {
  constructor(
    private readonly entityNames: EntityNameRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  execute(actor: WorkspaceActor, content: EntityNameContent): Promise<EntityNameId> {
    return this.unitOfWork.run(actor, async () => {
      const id = newId<EntityNameId>();
      await this.entityNames.save(EntityName.create(actor, { id, ...content }, this.clock.now()));
      return id;
    });
  }
}
