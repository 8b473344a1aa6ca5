import ipaddr from 'ipaddr.js';

/** Some proxies forward an address with its port, which is another one for every connection. */
const WITH_PORT = /^(?:\[([^\]]+)\]|([\d.]+))(?::\d+)?$/;

/**
 * What an anonymous caller is counted by: the IPv4 address, or the /64 of an IPv6 one, which a single
 * subscriber owns whole.
 */
export function addressKey(forwarded: string): string {
  const [, ipv6, ipv4] = WITH_PORT.exec(forwarded) ?? [];
  const address = ipv6 ?? ipv4 ?? forwarded;
  if (!ipaddr.isValid(address)) return forwarded;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${parsed.toByteArray().slice(0, 8).join('.')}/64`;
}
