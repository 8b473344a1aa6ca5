import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { Member } from './Member';

export interface MemberRepository {
  /** @throws NotFoundError */
  get(workspaceId: WorkspaceId, userId: UserId): Promise<Member>;
  has(workspaceId: WorkspaceId, userId: UserId): Promise<boolean>;
  /** Whether a person was a member once and is none any more, by whoever's will. */
  hasLeft(workspaceId: WorkspaceId, userId: UserId): Promise<boolean>;
  /** Of all, suspended ones included. */
  count(workspaceId: WorkspaceId): Promise<number>;
  /** @throws ConflictError `ALREADY_MEMBER` */
  add(member: Member): Promise<void>;
  /** @throws ConflictError when it was changed since it was read. */
  save(member: Member): Promise<void>;
  /** @throws ConflictError when it was changed since it was read. */
  remove(member: Member): Promise<void>;
}
