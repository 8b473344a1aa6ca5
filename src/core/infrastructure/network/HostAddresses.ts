import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

/** The addresses of names, as this machine's resolver knows them. */
export class HostAddresses {
  /**
   * @param host a name, or an address as it stands in a URL
   * @throws Error when there are none
   */
  async of(host: string): Promise<readonly HostAddress[]> {
    const bare = host.replace(/^\[(.*)\]$/, '$1');
    const family = isIP(bare);
    return family === 0 ? lookup(bare, { all: true }) : [{ address: bare, family }];
  }
}
