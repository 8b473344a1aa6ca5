import ipaddr from 'ipaddr.js';

/** All of IPv6 that is given out to networks (IANA, "IPv6 Global Unicast Address Assignments"). */
const GIVEN_OUT = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an IP address is one of the public internet: none of loopback, private, link-local, CGNAT, multicast, test and
 * reserved ranges (IANA special-purpose registries, RFC 6890), nor one of IPv4 within IPv6, mapped or translated.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(GIVEN_OUT);
}
