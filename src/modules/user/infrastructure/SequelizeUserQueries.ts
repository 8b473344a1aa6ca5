import type { Page, PageRequest } from '../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import { literal } from '../../../core/infrastructure/database/literal';
import { PagedQuery, type Filter } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { AccountFilters, MemberFilters, MemberView, UserQueries, UserView } from '../application/UserQueries';
import type { Avatar } from '../domain/Avatar';
import { SEARCH_MEMBERS } from './searchMembers';
import { ACCOUNTS, MEMBER } from './userColumns';

const FROM = 'members JOIN users ON users.id = members.user_id';

const FIND_ACCOUNT = statement('user.account', `${ACCOUNTS} FROM users WHERE users.id = $1`);

const FIND_MEMBER = statement(
  'user.member',
  `${MEMBER} FROM ${FROM} WHERE members.workspace_id = $1 AND members.user_id = $2`,
);

/**
 * Across workspaces, as it is a common one that counts; the conditions are those for reading a member. One that is deleted
 * or suspended shows nobody to anybody.
 */
const FIND_AVATAR = statement(
  'user.avatar',
  `SELECT user_id AS "userId", picture_id AS "pictureId", bytes, sha256 FROM avatars
   WHERE avatars.user_id = $2 AND ($1 = $2 OR EXISTS (
     SELECT FROM members AS mine
     JOIN workspaces ON workspaces.id = mine.workspace_id
     JOIN members AS theirs ON theirs.workspace_id = mine.workspace_id AND theirs.user_id = $2
     JOIN member_roles ON member_roles.workspace_id = mine.workspace_id AND member_roles.user_id = mine.user_id
     JOIN role_grants ON role_grants.workspace_id = member_roles.workspace_id AND role_grants.role_id = member_roles.role_id
     WHERE mine.user_id = $1 AND mine.status = 'active' AND role_grants.permission = 'users.read'
       AND workspaces.status = 'active' AND workspaces.deleted_at IS NULL))`,
);

const LIST = new PagedQuery<Row<MemberView>>({
  name: 'user.members',
  select: MEMBER,
  from: FROM,
  where: 'members.workspace_id = $1',
  sorts: {
    joinedAt: { by: 'members.joined_at', type: 'timestamptz' },
    name: { by: 'users.name', type: 'text', id: 'users.id' },
    email: { by: 'users.email', type: 'text', id: 'users.id' },
  },
  id: 'members.user_id',
  countFrom: 'members',
});

const LIST_ACCOUNTS = new PagedQuery<Row<UserView>>({
  name: 'user.accounts',
  select: ACCOUNTS,
  from: 'users',
  where: 'true',
  sorts: { createdAt: { by: 'users.created_at', type: 'timestamptz' } },
  id: 'users.id',
});

const ACCOUNT_IN_STATUS = 'users.status = ?';
const WITH_PART_OF_EMAIL = 'users.email LIKE ?';

const IN_STATUS = 'members.status = ?';
const WITH_ROLE = `EXISTS (
  SELECT FROM member_roles JOIN roles ON roles.workspace_id = member_roles.workspace_id AND roles.id = member_roles.role_id
  WHERE member_roles.workspace_id = members.workspace_id AND member_roles.user_id = members.user_id AND roles.key = ?)`;

const IS_ONE_OF = 'members.user_id = ANY (?::uuid[])';

/** So many holders of a role, and one more, are looked up before the list is. */
const FEW = 2_000;

/**
 * Who has a role, if they are few. To walk through all members until a page of them is found takes the longer the fewer
 * they are, and to sort them the longer the more they are: each way has its half.
 */
const HOLDERS = statement(
  'user.holders-of-role',
  `SELECT array_agg(user_id) AS "userIds" FROM (
     SELECT user_id FROM member_roles
     WHERE workspace_id = $1 AND role_id = (SELECT id FROM roles WHERE workspace_id = $1 AND key = $2)
     LIMIT ${FEW + 1}
   ) AS holders`,
);

/** A view as it is read; the address of the picture is the API's to say. */
type Row<View extends UserView> = Omit<View, 'avatarUrl'> & { readonly hasAvatar: boolean };

export class SequelizeUserQueries implements UserQueries {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly apiBase: string,
  ) {}

  async account(id: UserId): Promise<UserView> {
    return this.view(found(await this.unitOfWork.read<Row<UserView>>({ userId: id }, FIND_ACCOUNT, [id])));
  }

  async member(workspaceId: WorkspaceId, id: UserId): Promise<MemberView> {
    return this.view(
      found(await this.unitOfWork.read<Row<MemberView>>({ workspaceId }, FIND_MEMBER, [workspaceId, id])),
    );
  }

  async members(
    workspaceId: WorkspaceId,
    { status, role }: MemberFilters,
    request: PageRequest,
  ): Promise<Page<MemberView>> {
    const filters: Filter[] = [];
    if (status) filters.push([IN_STATUS, status]);
    if (role) filters.push(await this.ofRole(workspaceId, role));
    const page = await LIST.run(this.unitOfWork, { workspaceId }, [workspaceId], filters, request);
    return { ...page, items: page.items.map((row) => this.view(row)) };
  }

  async search(workspaceId: WorkspaceId, text: string, limit: number): Promise<readonly MemberView[]> {
    const values = [workspaceId, text, limit];
    const rows = await this.unitOfWork.read<Row<MemberView>>({ workspaceId }, SEARCH_MEMBERS, values);
    return rows.map((row) => this.view(row));
  }

  async accounts({ status, q }: AccountFilters, request: PageRequest): Promise<Page<UserView>> {
    const filters: Filter[] = [];
    if (status) filters.push([ACCOUNT_IN_STATUS, status]);
    if (q) filters.push([WITH_PART_OF_EMAIL, `%${literal(q.toLowerCase())}%`]);
    const page = await LIST_ACCOUNTS.run(this.unitOfWork, {}, [], filters, request);
    return { ...page, items: page.items.map((row) => this.view(row)) };
  }

  async avatar(viewerId: UserId, id: UserId): Promise<Avatar> {
    return found(await this.unitOfWork.read<Avatar>({ platform: true }, FIND_AVATAR, [viewerId, id]));
  }

  private async ofRole(workspaceId: WorkspaceId, role: string): Promise<Filter> {
    const values = [workspaceId, role];
    const [row] = await this.unitOfWork.read<{ userIds: UserId[] | null }>({ workspaceId }, HOLDERS, values);
    const userIds = row?.userIds ?? [];
    return userIds.length > FEW ? [WITH_ROLE, role] : [IS_ONE_OF, userIds];
  }

  private view<Read extends Row<UserView>>({ hasAvatar, ...row }: Read) {
    return { ...row, avatarUrl: hasAvatar ? `${this.apiBase}/users/${row.id}/avatar` : null };
  }
}
