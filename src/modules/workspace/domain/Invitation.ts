import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { UserActor, WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import { GoneError } from '../../../core/errors/GoneError';
import { TooManyRequestsError } from '../../../core/errors/TooManyRequestsError';
import { invitationResent, invitationRevoked, memberInvited } from './events';
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
  /** How often it was mailed; each mailing has a token of its own. */
  readonly mailing: number;
  readonly sentAt: Date;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** Nobody's mailbox is filled by resending: so long, in milliseconds, an invitation waits for its next mail. */
const REST_MS = 60_000;

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
        mailing: 1,
        sentAt: now,
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

  /**
   * Starts it anew, expired or not, with another token and in another's name.
   * @throws GoneError `INVITATION_GONE`, TooManyRequestsError
   */
  resend(by: UserId, tokenHash: string, now: Date): void {
    const { id: invitationId, workspaceId, status, sentAt } = this.state;
    if (status !== 'pending') throw invitationGone();
    const rest = sentAt.getTime() + REST_MS - now.getTime();
    if (rest > 0) throw new TooManyRequestsError(Math.ceil(rest / 1000));
    const mailing = this.state.mailing + 1;
    const expiresAt = new Date(now.getTime() + LIFETIME_MS);
    this.change({ invitedBy: by, tokenHash, mailing, sentAt: now, expiresAt });
    this.record(invitationResent({ workspaceId, actorId: by, at: now }, { invitationId, mailing }));
  }

  /** Expired or not. @throws GoneError `INVITATION_GONE` once it is used or revoked */
  revoke(by: UserId, now: Date): void {
    const { id, workspaceId } = this.state;
    if (this.state.status !== 'pending') throw invitationGone();
    this.change({ status: 'revoked' });
    this.record(invitationRevoked({ workspaceId, actorId: by, at: now }, { invitationId: id }));
  }
}

export function invitationGone(): GoneError {
  return new GoneError('INVITATION_GONE', 'The invitation was revoked, used, or has expired.');
}
