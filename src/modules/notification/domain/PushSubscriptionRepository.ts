import type { UserId } from '../../../core/domain/Id';
import type { PushEndpoint } from './PushEndpoint';

/** A browser that takes messages (RFC 8291); both keys in base64url. */
export interface PushSubscription {
  readonly endpoint: PushEndpoint;
  readonly p256dh: string;
  readonly auth: string;
}

/** How many browsers of a person are kept; the oldest gives way. */
export const MAX_SUBSCRIPTIONS = 20;

export interface PushSubscriptionRepository {
  /** A browser belongs to who subscribed last with it. */
  save(userId: UserId, subscription: PushSubscription, now: Date): Promise<void>;
  of(userId: UserId): Promise<readonly PushSubscription[]>;
  /** Removes one of the person's, or all; what is not there is removed already. */
  remove(userId: UserId, endpoint?: PushEndpoint): Promise<void>;
}
