import type { PushEndpoint } from '../domain/PushEndpoint';
import type { PushSubscription } from '../domain/PushSubscriptionRepository';

/** Messages to browsers by way of their push services (RFC 8030, 8291, 8292). */
export interface PushSender {
  /** What browsers subscribe with, in base64url; null where there is no Web Push. */
  readonly publicKey: string | null;
  /** @throws ValidationError when the address leads into a private network */
  assertPublic(endpoint: PushEndpoint): Promise<void>;
  /**
   * Answers whether the browser still takes messages.
   * @throws Error when it may work later
   */
  send(subscription: PushSubscription, message: string, id: string): Promise<'sent' | 'gone'>;
}
