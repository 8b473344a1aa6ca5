import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { MentionableMembers } from '../application/MentionableMembers';

const AMONG = statement(
  'comment.mentionable-members',
  `SELECT users.id FROM members JOIN users ON users.id = members.user_id
   WHERE members.workspace_id = $1 AND members.user_id = ANY ($2::uuid[])
     AND members.status = 'active' AND users.status = 'active'`,
);

export class SqlMentionableMembers implements MentionableMembers {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async among(workspaceId: WorkspaceId, ids: readonly UserId[]): Promise<readonly UserId[]> {
    if (ids.length === 0) return [];
    const rows = await this.unitOfWork.read<{ id: UserId }>({ workspaceId }, AMONG, [workspaceId, ids]);
    const known = new Set(rows.map(({ id }) => id));
    return ids.filter((id) => known.has(id));
  }
}
