import { lookup } from 'node:dns/promises';
import { Agent, type AgentOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './publicAddress';

/** Connections to addresses that clients named: none leads into a private network. */
export class PublicNetwork {
  readonly agent: Agent;

  constructor(
    private readonly isAllowed: (address: string) => boolean = isPublicAddress,
    options: AgentOptions = {},
  ) {
    this.agent = new Agent({ ...options, lookup: this.guardedLookup });
  }

  /** Whether a host may be connected to; a name that can't be resolved now may, for it is looked at again then. */
  async admits(host: string): Promise<boolean> {
    const addresses = isIP(host) ? [{ address: host }] : await lookup(host, { all: true }).catch(() => []);
    return addresses.every(({ address }) => this.isAllowed(address));
  }

  /** Resolves a name as the connection is made, so that nothing lies between the check and what is connected to. */
  private readonly guardedLookup: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }).then(
      (addresses) => {
        const [first] = addresses;
        if (!first || !addresses.every(({ address }) => this.isAllowed(address))) {
          callback(new Error('The name leads into a private network.'), '', 0);
        } else if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, '', 0),
    );
  };
}
