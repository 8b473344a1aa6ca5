import type { JobActors } from '../../../core/application/JobActors';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { newId, type SessionId, type UserId, type WorkspaceId } from '../../../core/domain/Id';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import type { UserRepository } from '../../user';
import type { WorkspaceRepository } from '../../workspace';
import type { RoleRepository } from '../domain/RoleRepository';
import type { RoleQueries } from './RoleQueries';

/** Members whom jobs act for, looked up anew for each job: none is so frequent that it needs what requests remember. */
export class MemberJobActors implements JobActors {
  constructor(
    private readonly users: UserRepository,
    private readonly workspaces: WorkspaceRepository,
    private readonly roles: RoleRepository,
    private readonly roleQueries: RoleQueries,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  actor(workspaceId: WorkspaceId, userId: UserId): Promise<WorkspaceActor> {
    return this.unitOfWork.run({ workspaceId }, async () => {
      (await this.workspaces.get(workspaceId)).assertOpen();
      const { status, roles } = await this.roleQueries.holder(workspaceId, userId);
      const account = (await this.users.get(userId)).state;
      if (status !== 'active' || account.status !== 'active') throw new NotFoundError();
      const { email, emailVerifiedAt, platformAdmin } = account;
      const permissions = await this.roles.permissionsOfMember(workspaceId, userId);
      // A job has no session: the id is of none.
      const sessionId = newId<SessionId>();
      const person = { kind: 'person' as const, userId, sessionId, email, emailVerified: emailVerifiedAt !== null };
      return { ...person, platformAdmin, workspaceId, roles, permissions };
    });
  }
}
