import type { Config } from '../../../core/config/Config';
import { UnprocessableError } from '../../../core/errors/UnprocessableError';
import { NotReached } from '../../../core/infrastructure/network/NotReached';
import type { PublicNetwork } from '../../../core/infrastructure/network/PublicNetwork';
import type { WebhookSender } from '../application/WebhookSender';
import type { Outcome } from '../domain/Delivery';
import type { WebhookUrl } from '../domain/WebhookUrl';

/** Sends to the public internet alone, or, where the configuration says so, anywhere. */
export class HttpWebhookSender implements WebhookSender {
  constructor(
    private readonly webhook: Config['webhook'],
    private readonly publicNetwork: PublicNetwork,
  ) {}

  async assertOutside(url: WebhookUrl): Promise<void> {
    if (await this.publicNetwork.admits(url, this.webhook)) return;
    throw new UnprocessableError('WEBHOOK_URL_REFUSED', 'The url leads to an address that webhooks must not reach.', {
      errors: [{ field: 'url', message: 'url must lead to a public address.' }],
    });
  }

  async post(url: WebhookUrl, signed: Readonly<Record<string, string>>, body: string): Promise<Outcome> {
    const headers = {
      ...signed,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Atrium-Webhooks/1',
    };
    try {
      return { status: await this.publicNetwork.post(url, { headers, body }, this.webhook) };
    } catch (error) {
      if (error instanceof NotReached) return { failure: error.reason };
      throw error;
    }
  }
}
