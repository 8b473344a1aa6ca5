import type { EventBus } from '../../../core/application/EventBus';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { mapViolations } from '../../../core/infrastructure/database/databaseErrors';
import { saveAggregate } from '../../../core/infrastructure/database/saveAggregate';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import { Member } from '../domain/Member';
import type { MemberRepository } from '../domain/MemberRepository';
import { MemberModel } from './MemberModel';

const CONFLICTS = {
  members_pkey: () => new ConflictError('ALREADY_MEMBER', 'This person is a member already.'),
};

const HAS_LEFT = statement(
  'workspace.has-left',
  `SELECT FROM departures WHERE workspace_id = $1 AND user_id = $2
     AND NOT EXISTS (SELECT FROM members WHERE workspace_id = $1 AND user_id = $2)`,
);

const REMEMBER = statement(
  'workspace.remember-departure',
  'INSERT INTO departures (workspace_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
);

export class SequelizeMemberRepository implements MemberRepository {
  constructor(
    private readonly eventBus: EventBus,
    private readonly unitOfWork: SequelizeUnitOfWork,
  ) {}

  async get(workspaceId: WorkspaceId, userId: UserId): Promise<Member> {
    const row = await MemberModel.findOne({ where: { workspaceId, userId } });
    if (!row) throw new NotFoundError();
    const { version, ...state } = row.get({ plain: true }) as MemberModel;
    return Member.restore(state, version);
  }

  async has(workspaceId: WorkspaceId, userId: UserId): Promise<boolean> {
    return (await MemberModel.count({ where: { workspaceId, userId } })) > 0;
  }

  async hasLeft(workspaceId: WorkspaceId, userId: UserId): Promise<boolean> {
    return (await this.unitOfWork.execute(HAS_LEFT, [workspaceId, userId])).length > 0;
  }

  count(workspaceId: WorkspaceId): Promise<number> {
    return MemberModel.count({ where: { workspaceId } });
  }

  add(member: Member): Promise<void> {
    return mapViolations(CONFLICTS, () => this.save(member));
  }

  async save(member: Member): Promise<void> {
    const { workspaceId, userId } = member.state;
    await saveAggregate(MemberModel, member, { workspaceId, userId });
    await this.eventBus.publish(member.releaseEvents());
  }

  async remove(member: Member): Promise<void> {
    const { workspaceId, userId } = member.state;
    const removed = await MemberModel.destroy({ where: { workspaceId, userId, version: member.version } });
    if (removed !== 1) throw ConflictError.stale();
    await this.unitOfWork.execute(REMEMBER, [workspaceId, userId]);
    await this.eventBus.publish(member.releaseEvents());
  }
}
