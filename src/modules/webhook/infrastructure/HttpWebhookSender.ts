import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Config } from '../../../core/config/Config';
import { UnprocessableError } from '../../../core/errors/UnprocessableError';
import type { WebhookSender } from '../application/WebhookSender';
import type { Outcome } from '../domain/Delivery';
import type { WebhookUrl } from '../domain/WebhookUrl';
import type { HostAddress, HostAddresses } from './HostAddresses';
import { isOutside } from './isOutside';
import { NotSent } from './NotSent';

/** Milliseconds for finding the address, for the connection, and for all of it from there to the answer. */
const TIMES = { name: 2_000, connection: 3_000, answer: 10_000 };

/** How much of an answer is listened to, in bytes; nobody reads it. */
const MAX_ANSWER = 64 * 1024;

/**
 * Sends to the internet and nowhere else. Names are looked up once for each attempt, every address that comes back has to
 * be outside, and the connection goes to those and no others, so that a name which leads elsewhere a moment later gains
 * nothing. Redirections are not followed, no connection is kept, and no proxy of the environment is used.
 */
export class HttpWebhookSender implements WebhookSender {
  constructor(
    private readonly webhook: Config['webhook'],
    private readonly hostAddresses: Pick<HostAddresses, 'of'>,
    private readonly times = TIMES,
  ) {}

  async assertOutside(url: WebhookUrl): Promise<void> {
    try {
      await this.addressesOf(new URL(url));
    } catch (error) {
      if (!(error instanceof NotSent) || error.failure !== 'ADDRESS_REFUSED') return;
      throw new UnprocessableError('WEBHOOK_URL_REFUSED', 'The url leads to an address that webhooks must not reach.', {
        errors: [{ field: 'url', message: 'url must lead to a public address.' }],
      });
    }
  }

  async post(url: WebhookUrl, headers: Readonly<Record<string, string>>, body: string): Promise<Outcome> {
    try {
      const target = new URL(url);
      return { status: await this.send(target, await this.addressesOf(target), headers, body) };
    } catch (error) {
      return { failure: error instanceof NotSent ? error.failure : 'CONNECTION_FAILED' };
    }
  }

  /** @throws NotSent */
  private async addressesOf({ hostname }: URL): Promise<readonly HostAddress[]> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new NotSent('NAME_NOT_RESOLVED')), this.times.name);
    });
    try {
      const addresses = await Promise.race([this.hostAddresses.of(hostname), late]);
      const refused = !this.webhook.allowPrivate && addresses.some(({ address }) => !isOutside(address));
      if (refused) throw new NotSent('ADDRESS_REFUSED');
      return addresses;
    } catch (error) {
      throw error instanceof NotSent ? error : new NotSent('NAME_NOT_RESOLVED');
    } finally {
      clearTimeout(timer);
    }
  }

  private send(
    url: URL,
    addresses: readonly HostAddress[],
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<number> {
    return new Promise((resolve, reject) => {
      const late = (): void => void request.destroy(new NotSent('TIMEOUT'));
      const timers = [setTimeout(late, this.times.connection), setTimeout(late, this.times.answer)];
      const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
        method: 'POST',
        agent: false,
        lookup: pinnedTo(addresses),
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Atrium-Webhooks/1',
        },
      });
      request.on('socket', (socket) => {
        socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(timers[0]));
      });
      request.on('response', (response) => {
        discard(response);
        resolve(response.statusCode ?? 0);
      });
      request.on('error', reject);
      request.on('close', () => timers.forEach((timer) => clearTimeout(timer)));
      request.end(body);
    });
  }
}

/** Answers every question for an address with those that were looked at. */
function pinnedTo(addresses: readonly HostAddress[]): LookupFunction {
  return (_host, { all }, answer) => {
    const [first] = addresses;
    if (all) answer(null, [...addresses]);
    else answer(null, first?.address ?? '', first?.family);
  };
}

/** Takes an answer in, so that its sender is not cut off, but no more than anybody honest has to say. */
function discard(response: IncomingMessage): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER) response.destroy();
  });
  // That the rest does not come is no matter: the status has.
  response.on('error', () => {});
}
