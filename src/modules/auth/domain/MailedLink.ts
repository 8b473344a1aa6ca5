import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { UserId } from '../../../core/domain/Id';
import { passwordResetRequested, verificationRequested } from './events';

export type LinkPurpose = 'email-verification' | 'password-reset';

export interface MailedLinkState {
  readonly id: string;
  readonly userId: UserId;
  readonly purpose: LinkPurpose;
  /** Of the mailed token, which is kept nowhere. */
  readonly tokenHash: string;
  readonly expiresAt: Date;
}

const HOUR_MS = 60 * 60 * 1000;

const KINDS = {
  'email-verification': { lifetimeMs: 24 * HOUR_MS, requested: verificationRequested },
  'password-reset': { lifetimeMs: HOUR_MS, requested: passwordResetRequested },
} as const;

/** A link that only the owner of an address receives: single use, for a while, void once a newer one is asked for. */
export class MailedLink extends AggregateRoot<MailedLinkState> {
  static request(link: Omit<MailedLinkState, 'expiresAt'>, now: Date): MailedLink {
    const { id, userId, purpose } = link;
    const { lifetimeMs, requested } = KINDS[purpose];
    const mailed = new MailedLink({ ...link, expiresAt: new Date(now.getTime() + lifetimeMs) }, 0);
    mailed.record(requested({ actorId: userId, at: now }, { userId, linkId: id }));
    return mailed;
  }
}
