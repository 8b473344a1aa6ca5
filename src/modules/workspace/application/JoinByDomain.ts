import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { AppError } from '../../../core/errors/AppError';
import type { UserRepository } from '../../user';
import { domainOf } from '../domain/EmailDomain';
import type { MemberRepository } from '../domain/MemberRepository';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';
import type { Admission } from './Admission';
import type { MemberRoles } from './MemberRoles';
import type { WorkspaceQueries } from './WorkspaceQueries';

const DEFAULT_ROLE = 'member';
/** Holds the least, in place of a default role that is gone. */
const LEAST_ROLE = 'viewer';

/**
 * Makes a person with a verified address a member of the workspaces that allow its domain. Doing it again changes
 * nothing. Who is a member there, suspended or not, or was one, comes in by invitation only.
 */
export class JoinByDomain {
  constructor(
    private readonly users: UserRepository,
    private readonly workspaces: WorkspaceRepository,
    private readonly members: MemberRepository,
    private readonly admission: Admission,
    private readonly memberRoles: MemberRoles,
    private readonly workspaceQueries: WorkspaceQueries,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute({ userId }: { userId: UserId }): Promise<void> {
    const user = await this.unitOfWork.run({}, () => this.users.get(userId));
    const { email, emailVerifiedAt, status } = user.state;
    if (!emailVerifiedAt || status !== 'active') return;
    for (const workspaceId of await this.workspaceQueries.workspacesOpenTo(domainOf(email), userId)) {
      try {
        await this.unitOfWork.run({ workspaceId }, () => this.join(workspaceId, userId, domainOf(email)));
      } catch (error) {
        // A workspace that is full, or was closed meanwhile, is no reason to keep somebody out of the next one.
        if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
      }
    }
  }

  private async join(workspaceId: WorkspaceId, userId: UserId, domain: string): Promise<void> {
    (await this.users.hold(userId)).assertNotClosed();
    const workspace = await this.workspaces.lock(workspaceId);
    const { settings } = workspace.state;
    if (!settings.allowedEmailDomains?.some((allowed) => allowed === domain)) return;
    if ((await this.members.has(workspaceId, userId)) || (await this.members.hasLeft(workspaceId, userId))) return;
    const role = await this.existing(workspaceId, settings.defaultRole ?? DEFAULT_ROLE);
    await this.admission.admit(workspace, { userId, role }, this.clock.now());
  }

  /** The role, if the workspace still has it and an owner who answers for it. */
  private async existing(workspaceId: WorkspaceId, role: string): Promise<string> {
    const [owner] = await this.memberRoles.owners(workspaceId);
    return owner && (await this.memberRoles.mayGrant(workspaceId, owner, role)) ? role : LEAST_ROLE;
  }
}
