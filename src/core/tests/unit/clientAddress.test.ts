import { addressKey } from '../../presentation/clientAddress';

describe('What an anonymous caller is counted by', () => {
  it('is the whole of an IPv4 address', () => {
    expect(addressKey('192.0.2.1')).toBe('192.0.2.1');
    expect(addressKey('192.0.2.1')).not.toBe(addressKey('192.0.2.2'));
  });

  it.each(['::ffff:192.0.2.1', '::FFFF:192.0.2.1', '::ffff:c000:201', '0:0:0:0:0:ffff:c000:201'])(
    'is the IPv4 address that %s stands for',
    (address) => {
      expect(addressKey(address)).toBe('192.0.2.1');
    },
  );

  it.each(['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:0DB8:0001:0002::', '2001:db8:1:2::1%eth0'])(
    'is the same for all addresses of one subscriber: %s',
    (address) => {
      expect(addressKey(address)).toBe(addressKey('2001:db8:1:2::'));
    },
  );

  it.each(['2001:db8:1:3::1', '2001:db8:2:2::1', '2001:db9:1:2::1', '::1'])(
    'is another one for another subscriber: %s',
    (address) => {
      expect(addressKey(address)).not.toBe(addressKey('2001:db8:1:2::1'));
    },
  );

  it.each([
    ['192.0.2.1:50123', '192.0.2.1'],
    ['[::ffff:192.0.2.1]:50123', '192.0.2.1'],
    ['[2001:db8:1:2::1]:50123', '2001:db8:1:2::'],
    ['[2001:db8:1:2::1]', '2001:db8:1:2::'],
  ])('does not depend on the port that some proxies forward with it: %s', (forwarded, address) => {
    expect(addressKey(forwarded)).toBe(addressKey(address));
  });

  it('is never the same for IPv4 and IPv6', () => {
    expect(addressKey('2001:db8::1')).not.toBe(addressKey('32.1.13.184'));
    expect(addressKey('::1')).not.toBe(addressKey('0.0.0.0'));
  });

  it.each(['', 'unknown', '999.1.1.1', '_hidden', '[]', '[x]:1', '1.2.3.4:', ':1'])(
    'is what was given where that is no address: %j',
    (address) => {
      expect(addressKey(address)).toBe(address);
    },
  );
});
