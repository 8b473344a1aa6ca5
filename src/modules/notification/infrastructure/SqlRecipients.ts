import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { Recipient, Recipients } from '../application/Recipients';

const SELECT = `SELECT users.id AS "userId", users.email, users.email_verified_at IS NOT NULL AS "emailVerified",
  users.timezone`;

const AMONG = statement(
  'notification.recipients',
  `${SELECT}
   FROM members
   JOIN workspaces ON workspaces.id = members.workspace_id
   JOIN users ON users.id = members.user_id
   WHERE members.workspace_id = $1 AND ($2::uuid[] IS NULL OR members.user_id = ANY ($2))
     AND members.status = 'active' AND users.status = 'active'
     AND workspaces.status = 'active' AND workspaces.deleted_at IS NULL
     AND ($3::text IS NULL OR EXISTS (
       SELECT FROM member_roles JOIN role_grants USING (workspace_id, role_id)
       WHERE member_roles.workspace_id = members.workspace_id AND member_roles.user_id = members.user_id
         AND role_grants.permission = $3))
   ORDER BY users.id`,
);

const ANYWHERE = statement(
  'notification.recipients-anywhere',
  `${SELECT} FROM users WHERE id = ANY ($1::uuid[]) AND status = 'active' ORDER BY id`,
);

export class SqlRecipients implements Recipients {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  among(
    workspaceId: WorkspaceId,
    people: readonly UserId[] | 'everybody',
    permission: string | null,
  ): Promise<readonly Recipient[]> {
    const values = [workspaceId, people === 'everybody' ? null : people, permission];
    return this.unitOfWork.read<Recipient>({ workspaceId }, AMONG, values);
  }

  anywhere(people: readonly UserId[]): Promise<readonly Recipient[]> {
    return this.unitOfWork.read<Recipient>({}, ANYWHERE, [people]);
  }
}
