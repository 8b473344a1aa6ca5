import { isIP } from 'node:net';

/*
 * From the text of a variable to what it means. A text that means nothing throws; what is said about it then
 * stands in the schema, and never quotes it.
 */

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 } as const;
const TEN_YEARS = 3_650 * SECONDS.d;

function assert(condition: unknown): asserts condition {
  if (!condition) throw new Error('not acceptable');
}

/** `900`, `15m`, `12h`, `7d`, `2w` in seconds: more than none, at most ten years. */
export function duration(text: string): number {
  const [, amount, unit = 's'] = /^(\d{1,9})([smhdw])?$/.exec(text) ?? [];
  const seconds = Number(amount) * SECONDS[unit as keyof typeof SECONDS];
  assert(seconds > 0 && seconds <= TEN_YEARS);
  return seconds;
}

/** A host name, as resolvers or container networks know it, or an IP address. */
export function host(text: string): string {
  assert(isIP(text) !== 0 || /^[\w.-]+$/.test(text));
  return text;
}

/** The items of a comma-separated list; at least one. */
function list(text: string): string[] {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
  assert(items.length > 0);
  return items;
}

function address(text: string): string {
  const [ip = '', bits, ...rest] = text.split('/');
  const version = isIP(ip);
  assert(version !== 0 && rest.length === 0);
  // A range of zero bits would believe everybody.
  if (bits !== undefined) assert(/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
  return text;
}

/** `false`, a hop count, or addresses and CIDR ranges. Not `true`: whom it trusts can't be told. */
export function trustedProxies(text: string): false | number | readonly string[] {
  if (text === 'false') return false;
  return /^\d{1,2}$/.test(text) ? Number(text) || false : list(text).map(address);
}

/** An http(s) URL that a path can be appended to: no credentials, query or fragment, no slash at its end. */
export function webUrl(text: string): string {
  const url = new URL(text);
  assert(/^https?:$/.test(url.protocol) && !/[?#]/.test(text) && !url.username && !url.password);
  return url.href.replace(/\/+$/, '');
}

/** Comma-separated origins as browsers send them: scheme, host and port. */
export function origins(text: string): readonly string[] {
  return list(text).map((item) => {
    const { origin } = new URL(item);
    assert(webUrl(item) === origin);
    return origin;
  });
}

/** A URL of one of the schemes that names a host. */
export function serviceUrl(...schemes: readonly string[]): (text: string) => string {
  return (text) => {
    const { protocol, hostname } = new URL(text);
    assert(hostname && schemes.some((scheme) => protocol === `${scheme}:`));
    return text;
  };
}

export interface PostgresUrl {
  /** Without what it said about TLS. */
  readonly url: string;
  readonly tls: boolean;
}

const TLS_BY_SSLMODE = new Map([
  ['disable', false],
  ['require', true],
  ['verify-ca', true],
  ['verify-full', true],
]);

/**
 * `postgres://user:password@host:5432/database`, with what its `sslmode` means told apart: drivers read it
 * differently, and `prefer` or `no-verify` would let anybody answer for the server.
 */
export function postgresUrl(text: string): PostgresUrl {
  const url = new URL(serviceUrl('postgres', 'postgresql')(text));
  const tls = TLS_BY_SSLMODE.get(url.searchParams.get('sslmode') ?? 'disable');
  assert(url.username && /^\/[\w.~-]+$/.test(url.pathname) && tls !== undefined && !url.searchParams.has('ssl'));
  url.searchParams.delete('sslmode');
  return { url: url.href, tls };
}
