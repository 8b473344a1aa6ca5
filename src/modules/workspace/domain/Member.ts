import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { memberJoined, memberLeft, memberStatusChanged } from './events';
import type { MemberStatus } from './MemberStatus';

export interface MemberState {
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId;
  readonly status: MemberStatus;
  readonly joinedAt: Date;
}

/** A person's membership of one workspace; the roles it comes with are the role context's. */
export class Member extends AggregateRoot<MemberState> {
  static join(
    { workspaceId, userId, roles }: { workspaceId: WorkspaceId; userId: UserId; roles: readonly string[] },
    now: Date,
  ): Member {
    const member = new Member({ workspaceId, userId, status: 'active', joinedAt: now }, 0);
    member.record(memberJoined({ workspaceId, actorId: userId, at: now }, { userId, roles }));
    return member;
  }

  static restore(state: MemberState, version: number): Member {
    return new Member(state, version);
  }

  /** Suspends the membership, or restores it; what it is already changes nothing. */
  changeStatus({ to, by, reason }: { to: MemberStatus; by: UserId; reason: string | null }, now: Date): void {
    const { workspaceId, userId, status: from } = this.state;
    if (to === from) return;
    this.change({ status: to });
    this.record(memberStatusChanged({ workspaceId, actorId: by, at: now }, { userId, from, to, reason }));
  }

  /** Ends the membership: by oneself, or by somebody who may remove members. */
  leave(by: UserId, now: Date): void {
    const { workspaceId, userId } = this.state;
    const reason = by === userId ? 'left' : 'removed';
    this.record(memberLeft({ workspaceId, actorId: by, at: now }, { userId, reason }));
  }
}
