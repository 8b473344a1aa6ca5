import { isPublicAddress } from '../../infrastructure/publicAddress';
import { PublicNetwork } from '../../infrastructure/PublicNetwork';

const PRIVATE = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255'],
  ...['192.168.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '192.0.2.1'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', 'fc00::1', 'fd12::1', 'fe80::1', 'ff02::1'],
  ...['2001:db8::1', '2001::1', '2002:7f00:1::1', 'not an address'],
];

describe('An address', () => {
  it.each(PRIVATE)('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('The public network', () => {
  const network = new PublicNetwork();

  it.each(['localhost', '127.0.0.1', '::1', '10.0.0.1'])('does not admit %s', async (host) => {
    await expect(network.admits(host)).resolves.toBe(false);
  });

  it('admits public addresses', async () => {
    await expect(network.admits('8.8.8.8')).resolves.toBe(true);
  });

  it('connects to no name that leads inward, whatever was checked before', async () => {
    const { lookup } = network.agent.options as { lookup: (...args: unknown[]) => void };
    const answer = (options: object) =>
      new Promise((resolve) => {
        lookup('localhost', options, (error: Error | null, address: unknown) => resolve(error ?? address));
      });
    await expect(answer({})).resolves.toEqual(new Error('The name leads into a private network.'));
    await expect(answer({ all: true })).resolves.toEqual(new Error('The name leads into a private network.'));
  });
});
