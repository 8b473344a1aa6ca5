import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { HostAddress, HostAddresses } from './HostAddresses';
import { isPublicAddress } from './isPublicAddress';
import { NotReached } from './NotReached';

/** Milliseconds for finding the address, for the connection, and for all of it from there to the answer. */
const TIMES = { name: 2_000, connection: 3_000, answer: 10_000 };

/** How much of an answer is listened to, in bytes; nobody reads it. */
const MAX_ANSWER = 64 * 1024;

export interface Reach {
  /** Loopback and private addresses count as public, for development and tests. */
  readonly allowPrivate?: boolean;
  /** A certificate that is trusted besides those that everybody trusts. */
  readonly ca?: string;
}

interface Message {
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string | Buffer | null;
}

/**
 * The way out to addresses that clients named: to the internet and nowhere else. Names are looked up once for each
 * attempt, every address that comes back has to be public, and the connection goes to those and no others, so that a name
 * which leads elsewhere a moment later gains nothing. Redirections are not followed, no connection is kept, and no proxy
 * of the environment is used.
 */
export class PublicNetwork {
  constructor(
    private readonly hostAddresses: Pick<HostAddresses, 'of'>,
    private readonly times = TIMES,
  ) {}

  /** Whether a URL may be sent to. A name that is not known now may become so, and is looked at again then. */
  async admits(url: string, reach: Reach = {}): Promise<boolean> {
    try {
      await this.addressesOf(new URL(url), reach);
      return true;
    } catch (error) {
      return !(error instanceof NotReached && error.reason === 'ADDRESS_REFUSED');
    }
  }

  /**
   * Posts once, in 15 seconds at most.
   * @returns the status that is answered, whichever
   * @throws NotReached
   */
  async post(url: string, { headers, body }: Message, { ca, ...reach }: Reach = {}): Promise<number> {
    const target = new URL(url);
    const lookup = pinnedTo(await this.addressesOf(target, reach));
    const secure = target.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const late = (): void => void request.destroy(new NotReached('TIMEOUT'));
      const timers = [setTimeout(late, this.times.connection), setTimeout(late, this.times.answer)];
      const options = { method: 'POST', agent: false, lookup, headers, ...(ca && { ca }) };
      const request = secure ? httpsRequest(target, options) : httpRequest(target, options);
      request.on('socket', (socket) => {
        socket.once(secure ? 'secureConnect' : 'connect', () => clearTimeout(timers[0]));
      });
      request.on('response', (response) => {
        discard(response);
        resolve(response.statusCode ?? 0);
      });
      request.on('error', (error) => {
        reject(error instanceof NotReached ? error : new NotReached('CONNECTION_FAILED'));
      });
      request.on('close', () => timers.forEach((timer) => clearTimeout(timer)));
      request.end(body);
    });
  }

  private async addressesOf({ hostname }: URL, { allowPrivate = false }: Reach): Promise<readonly HostAddress[]> {
    const addresses = await this.lookUp(hostname);
    if (!allowPrivate && !addresses.every(({ address }) => isPublicAddress(address))) {
      throw new NotReached('ADDRESS_REFUSED');
    }
    return addresses;
  }

  private async lookUp(host: string): Promise<readonly HostAddress[]> {
    let timer: NodeJS.Timeout | undefined;
    const unknown = (): NotReached => new NotReached('NAME_NOT_RESOLVED');
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(unknown()), this.times.name);
    });
    try {
      return await Promise.race([this.hostAddresses.of(host), late]);
    } catch {
      throw unknown();
    } finally {
      clearTimeout(timer);
    }
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
