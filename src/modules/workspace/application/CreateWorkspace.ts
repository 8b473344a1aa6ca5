import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { OWNER_ROLE, type UserActor } from '../../../core/domain/Actor';
import { newId, type WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import type { UserRepository } from '../../user';
import { Member } from '../domain/Member';
import type { MemberRepository } from '../domain/MemberRepository';
import { slugOf, type Slug } from '../domain/Slug';
import { Workspace } from '../domain/Workspace';
import type { WorkspaceName } from '../domain/WorkspaceName';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';

interface Input {
  readonly name: WorkspaceName;
  readonly slug?: Slug;
  readonly description?: string | null;
}

const ATTEMPTS = 3;

/** Makes a workspace of which its maker is the owner. Without a slug, one is made from the name. */
export class CreateWorkspace {
  constructor(
    private readonly users: UserRepository,
    private readonly workspaces: WorkspaceRepository,
    private readonly members: MemberRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws ConflictError `SLUG_TAKEN` for a slug that was asked for, UnauthorizedError `SESSION_REVOKED` for an account
   * that was closed meanwhile
   */
  async execute(actor: UserActor, input: Input): Promise<WorkspaceId> {
    if (input.slug) return this.create(actor, input, input.slug);
    for (let attempt = 1; ; attempt += 1) {
      const suffix = attempt === 1 ? '' : randomBytes(3).toString('hex');
      try {
        return await this.create(actor, input, slugOf(input.name, suffix));
      } catch (error) {
        const taken = error instanceof ConflictError && error.code === 'SLUG_TAKEN';
        if (!taken || attempt === ATTEMPTS) throw error;
      }
    }
  }

  private create(actor: UserActor, { name, description = null }: Input, slug: Slug): Promise<WorkspaceId> {
    const workspaceId = newId<WorkspaceId>();
    return this.unitOfWork.run({ workspaceId }, async () => {
      (await this.users.hold(actor.userId)).assertNotClosed();
      const now = this.clock.now();
      await this.workspaces.save(Workspace.create(actor, { id: workspaceId, name, slug, description }, now));
      await this.members.add(Member.join({ workspaceId, userId: actor.userId, roles: [OWNER_ROLE] }, now));
      return workspaceId;
    });
  }
}
