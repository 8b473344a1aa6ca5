import type { AccessChanges } from '../../../core/application/AccessChanges';
import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { WorkspaceId } from '../../../core/domain/Id';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';
import type { MemberRoles } from './MemberRoles';

/** Brings a deleted workspace back, with all that was in it. */
export class RestoreWorkspace {
  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly memberRoles: MemberRoles,
    private readonly accessChanges: AccessChanges,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError unless an owner asks within 30 days, ForbiddenError `WORKSPACE_SUSPENDED` */
  execute({ userId }: UserActor, { workspaceId }: { workspaceId: WorkspaceId }): Promise<void> {
    return this.unitOfWork.run({ workspaceId }, async () => {
      const workspace = await this.workspaces.lock(workspaceId);
      // To nobody else is there such a workspace, so it is not forbidden but not found.
      if (!(await this.memberRoles.owners(workspaceId)).includes(userId)) throw new NotFoundError();
      workspace.undelete(userId, this.clock.now());
      await this.workspaces.save(workspace);
      await this.accessChanges.announce({ workspaceId });
    });
  }
}
