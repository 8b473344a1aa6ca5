import type { Page, PageRequest } from '../../../core/application/Page';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { Avatar } from '../domain/Avatar';
import type { UserStatus } from '../domain/UserStatus';

export interface UserView {
  readonly id: UserId;
  readonly email: string;
  readonly name: string;
  readonly bio: string | null;
  readonly timezone: string;
  readonly locale: string;
  readonly avatarUrl: string | null;
  readonly status: UserStatus;
  readonly emailVerified: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A person as a member of one workspace; `status` is the membership's. */
export interface MemberView extends UserView {
  readonly roles: readonly { readonly id: string; readonly key: string; readonly name: string }[];
  readonly joinedAt: Date;
}

export interface MemberFilters {
  readonly status?: UserStatus;
  /** The key of a role. */
  readonly role?: string;
}

export interface AccountFilters {
  readonly status?: UserStatus;
  /** Part of the e-mail address. */
  readonly q?: string;
}

export interface UserQueries {
  /** @throws NotFoundError */
  account(id: UserId): Promise<UserView>;
  /** @throws NotFoundError unless the person is a member of the workspace. */
  member(workspaceId: WorkspaceId, id: UserId): Promise<MemberView>;
  members(workspaceId: WorkspaceId, filters: MemberFilters, request: PageRequest): Promise<Page<MemberView>>;
  /** The members of a workspace that come closest to a text by name or e-mail address, typing errors included. */
  search(workspaceId: WorkspaceId, text: string, limit: number): Promise<readonly MemberView[]>;
  /** All accounts, across workspaces. */
  accounts(filters: AccountFilters, request: PageRequest): Promise<Page<UserView>>;
  /**
   * The picture of a person, for somebody who may see the person: oneself, and members with `users.read` of a
   * workspace that both are in.
   * @throws NotFoundError
   */
  avatar(viewerId: UserId, id: UserId): Promise<Avatar>;
}
