import { createECDH } from 'node:crypto';
import { generateRequestDetails } from 'web-push';
import type { Config } from '../../../core/config/Config';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { PublicNetwork, Reach } from '../../../core/infrastructure/network/PublicNetwork';
import type { PushSender } from '../application/PushSender';
import type { PushEndpoint } from '../domain/PushEndpoint';
import type { PushSubscription } from '../domain/PushSubscriptionRepository';

/** What push services answer for a browser that has unsubscribed (RFC 8030, section 7.3). */
const GONE = new Set([404, 410]);

/** How long a push service keeps a message for a browser that is closed, in seconds. */
const TTL = 24 * 60 * 60;

/** Web Push by the library of that name, over connections that lead into no private network and follow no redirect. */
export class WebPushSender implements PushSender {
  readonly publicKey: string | null;

  /** Where a message may go to. */
  protected readonly reach: Reach = {};

  constructor(
    webPush: Pick<Config['webPush'], 'enabled'>,
    private readonly vapidKey: Buffer,
    private readonly mail: Pick<Config['mail'], 'from'>,
    private readonly publicNetwork: PublicNetwork,
  ) {
    const ecdh = createECDH('prime256v1');
    ecdh.setPrivateKey(vapidKey);
    this.publicKey = webPush.enabled ? ecdh.getPublicKey('base64url') : null;
  }

  async assertPublic(endpoint: PushEndpoint): Promise<void> {
    if (await this.publicNetwork.admits(endpoint, this.reach)) return;
    throw ValidationError.field('endpoint', 'endpoint must not lead into a private network.');
  }

  async send(subscription: PushSubscription, message: string, id: string): Promise<'sent' | 'gone'> {
    const status = await this.post(subscription, message, id);
    if (GONE.has(status)) return 'gone';
    if (status >= 200 && status < 300) return 'sent';
    throw new Error(`The push service answered ${status}.`);
  }

  private post({ endpoint, p256dh, auth }: PushSubscription, message: string, id: string): Promise<number> {
    const { headers, body } = generateRequestDetails({ endpoint, keys: { p256dh, auth } }, message, {
      vapidDetails: {
        subject: `mailto:${this.mail.from.address}`,
        publicKey: this.publicKey ?? '',
        privateKey: this.vapidKey.toString('base64url'),
      },
      TTL,
      // Of two that wait with the same topic the browser gets the last. At most 32 characters, as many as an id has.
      topic: id.replaceAll('-', ''),
    });
    return this.publicNetwork.post(endpoint, { headers, body }, this.reach);
  }
}
