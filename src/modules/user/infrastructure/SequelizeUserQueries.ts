import type { Page, PageRequest } from '../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { PagedQuery, type Filter } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { MemberFilters, MemberView, UserQueries, UserView } from '../application/UserQueries';

const ACCOUNT = `
  users.id, users.email, users.name, users.bio, users.timezone, users.locale, NULL AS "avatarUrl",
  users.email_verified_at IS NOT NULL AS "emailVerified", users.created_at AS "createdAt", users.updated_at AS "updatedAt"`;

const MEMBER = `SELECT ${ACCOUNT}, members.status, members.joined_at AS "joinedAt",
  coalesce((
    SELECT json_agg(json_build_object('id', roles.id, 'key', roles.key, 'name', roles.name) ORDER BY roles.key)
    FROM member_roles JOIN roles ON roles.workspace_id = member_roles.workspace_id AND roles.id = member_roles.role_id
    WHERE member_roles.workspace_id = members.workspace_id AND member_roles.user_id = members.user_id
  ), '[]') AS roles`;

const FROM = 'members JOIN users ON users.id = members.user_id';

const FIND_ACCOUNT = statement('user.account', `SELECT ${ACCOUNT}, users.status FROM users WHERE users.id = $1`);

const FIND_MEMBER = statement(
  'user.member',
  `${MEMBER} FROM ${FROM} WHERE members.workspace_id = $1 AND members.user_id = $2`,
);

const LIST = new PagedQuery<MemberView>({
  name: 'user.members',
  select: MEMBER,
  from: FROM,
  where: 'members.workspace_id = $1',
  sorts: {
    joinedAt: { by: 'members.joined_at', type: 'timestamptz' },
    name: { by: 'users.name', type: 'text' },
    email: { by: 'users.email', type: 'text' },
  },
  id: 'members.user_id',
});

const IN_STATUS = 'members.status = ?';
const WITH_ROLE = `EXISTS (
  SELECT FROM member_roles JOIN roles ON roles.workspace_id = member_roles.workspace_id AND roles.id = member_roles.role_id
  WHERE member_roles.workspace_id = members.workspace_id AND member_roles.user_id = members.user_id AND roles.key = ?)`;

export class SequelizeUserQueries implements UserQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async account(id: UserId): Promise<UserView> {
    return one(await this.unitOfWork.read<UserView>({ userId: id }, FIND_ACCOUNT, [id]));
  }

  async member(workspaceId: WorkspaceId, id: UserId): Promise<MemberView> {
    return one(await this.unitOfWork.read<MemberView>({ workspaceId }, FIND_MEMBER, [workspaceId, id]));
  }

  members(workspaceId: WorkspaceId, { status, role }: MemberFilters, request: PageRequest): Promise<Page<MemberView>> {
    const filters: Filter[] = [];
    if (status) filters.push([IN_STATUS, status]);
    if (role) filters.push([WITH_ROLE, role]);
    return LIST.run(this.unitOfWork, { workspaceId }, [workspaceId], filters, request);
  }
}

function one<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new NotFoundError();
  return row;
}
