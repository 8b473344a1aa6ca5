import ipaddr from 'ipaddr.js';

/**
 * What an anonymous caller is counted by: the IPv4 address, or the /64 of an IPv6 one, which a single
 * subscriber owns whole.
 */
export function addressKey(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${parsed.toByteArray().slice(0, 8).join('.')}/64`;
}
