import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { UserActor, WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import { GoneError } from '../../../core/errors/GoneError';
import { invitationRevoked, memberInvited } from './events';
import type { InvitationId } from './InvitationId';

export interface InvitationState {
  readonly id: InvitationId;
  readonly workspaceId: WorkspaceId;
  /** The address it was sent to, in lower case; only its owner may accept. */
  readonly email: string;
  /** The key of the role it brings. */
  readonly role: string;
  /** A person, or an API key. */
  readonly invitedBy: UserId;
  /** Of the mailed token, which is kept nowhere. */
  readonly tokenHash: string;
  readonly status: 'pending' | 'accepted' | 'revoked';
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** An offer of membership to whoever owns an e-mail address: single use, for seven days. */
export class Invitation extends AggregateRoot<InvitationState> {
  static create(
    { workspaceId, userId }: WorkspaceActor,
    { id, email, role, tokenHash }: Pick<InvitationState, 'id' | 'email' | 'role' | 'tokenHash'>,
    now: Date,
  ): Invitation {
    const invitation = new Invitation(
      {
        id,
        workspaceId,
        email,
        role,
        invitedBy: userId,
        tokenHash,
        status: 'pending',
        createdAt: now,
        expiresAt: new Date(now.getTime() + LIFETIME_MS),
      },
      0,
    );
    invitation.record(memberInvited({ workspaceId, actorId: userId, at: now }, { invitationId: id, role }));
    return invitation;
  }

  static restore(state: InvitationState, version: number): Invitation {
    return new Invitation(state, version);
  }

  isOpen(now: Date): boolean {
    return this.state.status === 'pending' && now < this.state.expiresAt;
  }

  /** @throws ForbiddenError `EMAIL_MISMATCH`, GoneError `INVITATION_GONE` */
  accept({ email }: Pick<UserActor, 'email'>, now: Date): void {
    if (email !== this.state.email) {
      throw new ForbiddenError('EMAIL_MISMATCH', 'The invitation is for another e-mail address.');
    }
    if (!this.isOpen(now)) throw invitationGone();
    this.change({ status: 'accepted' });
  }

  revoke(by: UserId, now: Date): void {
    const { id, workspaceId } = this.state;
    this.change({ status: 'revoked' });
    this.record(invitationRevoked({ workspaceId, actorId: by, at: now }, { invitationId: id }));
  }
}

export function invitationGone(): GoneError {
  return new GoneError('INVITATION_GONE', 'The invitation was revoked, used, or has expired.');
}
