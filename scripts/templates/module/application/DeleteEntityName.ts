import type { Clock } from '../../../../src/core/application/Clock';
import type { UnitOfWork } from '../../../../src/core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../../src/core/domain/Actor';
import type { EntityNameId } from '../domain/EntityNameId';
import type { EntityNameRepository } from '../domain/EntityNameRepository';

export class DeleteEntityName {
  constructor(
    private readonly entityNames: EntityNameRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError */
  execute(actor: WorkspaceActor, { id }: { readonly id: EntityNameId }): Promise<void> {
    return this.unitOfWork.run(actor, async () => {
      const entityName = await this.entityNames.get(actor.workspaceId, id);
      entityName.delete(actor.userId, this.clock.now());
      await this.entityNames.remove(entityName);
    });
  }
}
