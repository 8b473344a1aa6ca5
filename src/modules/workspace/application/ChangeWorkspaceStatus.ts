import type { AccessChanges } from '../../../core/application/AccessChanges';
import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';
import type { WorkspaceStatus } from '../domain/WorkspaceStatus';

interface Input {
  readonly workspaceId: WorkspaceId;
  readonly status: WorkspaceStatus;
  readonly reason?: string;
}

/** Suspends a workspace, which shuts everybody out at once, or opens it again. For platform admins. */
export class ChangeWorkspaceStatus {
  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly accessChanges: AccessChanges,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError */
  execute({ userId: by }: UserActor, { workspaceId, status: to, reason = '' }: Input): Promise<void> {
    return this.unitOfWork.run({ workspaceId }, async () => {
      const workspace = await this.workspaces.lock(workspaceId);
      workspace.changeStatus({ to, by, reason: reason || null }, this.clock.now());
      await this.workspaces.save(workspace);
      await this.accessChanges.announce({ workspaceId });
    });
  }
}
