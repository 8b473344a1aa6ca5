import type { Outcome } from '../domain/Delivery';
import type { WebhookUrl } from '../domain/WebhookUrl';

/** The way out to systems of others, who may be anybody and name any address. */
export interface WebhookSender {
  /**
   * Looks where a URL leads now. A name that is not known yet may become so, and is looked at again when it is sent to.
   * @throws UnprocessableError `WEBHOOK_URL_REFUSED` for an address inside
   */
  assertOutside(url: WebhookUrl): Promise<void>;
  /** One attempt, which takes 15 seconds at most and never throws. */
  post(url: WebhookUrl, headers: Readonly<Record<string, string>>, body: string): Promise<Outcome>;
}
