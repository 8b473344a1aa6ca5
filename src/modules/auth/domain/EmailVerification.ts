import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { UserId } from '../../../core/domain/Id';
import { verificationRequested } from './events';

export interface EmailVerificationState {
  readonly id: string;
  readonly userId: UserId;
  /** Of the mailed token, which is kept nowhere. */
  readonly tokenHash: string;
  readonly expiresAt: Date;
}

const LIFETIME_MS = 24 * 60 * 60 * 1000;

/** A mailed proof that an address is the person's: single use, for a day, void once a newer one is asked for. */
export class EmailVerification extends AggregateRoot<EmailVerificationState> {
  static request({ id, userId, tokenHash }: Omit<EmailVerificationState, 'expiresAt'>, now: Date): EmailVerification {
    const verification = new EmailVerification(
      { id, userId, tokenHash, expiresAt: new Date(now.getTime() + LIFETIME_MS) },
      0,
    );
    verification.record(verificationRequested({ actorId: userId, at: now }, { userId, verificationId: id }));
    return verification;
  }
}
