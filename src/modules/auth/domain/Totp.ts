import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { UserId } from '../../../core/domain/Id';
import { mfaDisabled, mfaEnabled, recoveryCodeUsed } from './events';

export interface TotpState {
  readonly userId: UserId;
  /** Base32; shared with the person's authenticator app. */
  readonly secret: string;
  /** Null until the first code has shown that the app has the secret. */
  readonly confirmedAt: Date | null;
  /** The time step of the newest code that was used (RFC 6238, section 5.2): no code counts twice. */
  readonly lastStep: number;
  /** Hashes of the recovery codes that are left. */
  readonly recoveryCodes: readonly string[];
}

/** A person's second factor: codes by time, and a handful of codes for when the device is lost. */
export class Totp extends AggregateRoot<TotpState> {
  static enroll(userId: UserId, secret: string): Totp {
    return new Totp({ userId, secret, confirmedAt: null, lastStep: 0, recoveryCodes: [] }, 0);
  }

  static restore(state: TotpState, version: number): Totp {
    return new Totp(state, version);
  }

  get isConfirmed(): boolean {
    return this.state.confirmedAt !== null;
  }

  /** Replaces a secret that was never confirmed. */
  renew(secret: string): void {
    this.change({ secret, lastStep: 0 });
  }

  /** The app has shown its first code; from now on signing in takes one. */
  confirm(step: number, recoveryCodes: readonly string[], now: Date): void {
    this.change({ confirmedAt: now, lastStep: step, recoveryCodes });
    this.record(mfaEnabled({ actorId: this.state.userId, at: now }, { userId: this.state.userId }));
  }

  /** Uses the code of a time step; false when it, or a newer one, was used before. */
  useStep(step: number): boolean {
    if (step <= this.state.lastStep) return false;
    this.change({ lastStep: step });
    return true;
  }

  /** Uses up a recovery code; false when there is no such code left. */
  useRecoveryCode(hash: string, now: Date): boolean {
    const { recoveryCodes, userId } = this.state;
    if (!recoveryCodes.includes(hash)) return false;
    const left = recoveryCodes.filter((each) => each !== hash);
    this.change({ recoveryCodes: left });
    this.record(recoveryCodeUsed({ actorId: userId, at: now }, { userId, left: left.length }));
    return true;
  }

  /** Ends it; the repository's removal publishes that. */
  disable(now: Date): void {
    if (this.isConfirmed)
      this.record(mfaDisabled({ actorId: this.state.userId, at: now }, { userId: this.state.userId }));
  }
}
