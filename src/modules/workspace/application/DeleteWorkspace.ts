import type { AccessChanges } from '../../../core/application/AccessChanges';
import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';
import type { OwnerRules } from './OwnerRules';

/** Closes a workspace for everybody at once. Nothing is lost for 30 days. */
export class DeleteWorkspace {
  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly ownerRules: OwnerRules,
    private readonly accessChanges: AccessChanges,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ForbiddenError `ROLE_ESCALATION` unless an owner asks, whoever else holds the permission */
  execute(actor: WorkspaceActor): Promise<void> {
    const { workspaceId, userId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const workspace = await this.workspaces.lock(workspaceId);
      workspace.assertOpen();
      await this.ownerRules.assertOwner(workspaceId, userId);
      workspace.delete(userId, this.clock.now());
      await this.workspaces.save(workspace);
      await this.accessChanges.announce({ workspaceId });
    });
  }
}
