import type { ApiAnswer } from './ApiClient';
import { BrowserClient, OWN_ORIGIN } from './BrowserClient';
import { capturedLog } from './capturedLog';
import { OidcPeer } from './OidcPeer';
import { anAddress } from './people';
import { TestPlatform } from './testPlatform';

const PUBLIC_URL = 'https://api.example.com';
const API = `${PUBLIC_URL}/api/v1`;

/** Where the platform sends browsers that were at a provider. */
export const FRONTEND_URL = `${OWN_ORIGIN}/app`;

export const callbackOf = (provider: string): string => `${API}/auth/oidc/${provider}/callback`;

/** The settings of a platform where people sign in at these providers. */
export const environmentOf = (...providers: readonly object[]): NodeJS.ProcessEnv => ({
  PUBLIC_URL,
  FRONTEND_URL,
  OIDC_PROVIDERS: JSON.stringify(providers),
});

/** What a browser asks the platform for when a provider sends it there. */
export function pathOf({ href }: URL): string {
  if (!href.startsWith(`${API}/`)) throw new Error(`${href} is not a place of the platform.`);
  return href.slice(API.length);
}

/** The parameters that a provider sends back. */
export const queryOf = (callback: string): Record<string, string> =>
  Object.fromEntries(new URL(API + callback).searchParams);

export function withQuery(callback: string, changes: Readonly<Record<string, string>>): string {
  const url = new URL(API + callback);
  for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value);
  return pathOf(url);
}

export function withoutQuery(callback: string, name: string): string {
  const url = new URL(API + callback);
  url.searchParams.delete(name);
  return pathOf(url);
}

export function expectRedirect({ status, headers }: ApiAnswer, to: string): void {
  expect({ status, location: headers.get('location') }).toEqual({ status: 302, location: `${FRONTEND_URL}${to}` });
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
}

/** A platform, and two providers that it knows: `acme` with a secret, `other` as a public client. */
export class OidcWorld {
  private constructor(
    readonly platform: TestPlatform,
    readonly acme: OidcPeer,
    readonly other: OidcPeer,
    readonly log: () => string,
  ) {}

  static async start(): Promise<OidcWorld> {
    const { logger, text } = capturedLog('production');
    const acme = await OidcPeer.start({ callbacks: [callbackOf('acme'), callbackOf('renamed')] });
    const other = await OidcPeer.start({
      name: 'other',
      callbacks: [callbackOf('other')],
      clientAuthentication: 'none',
    });
    const environment = environmentOf(acme.setting, other.setting);
    return new OidcWorld(await TestPlatform.start({ environment, logger }), acme, other, text);
  }

  async stop(): Promise<void> {
    await this.platform.stop();
    await Promise.all([this.acme.stop(), this.other.stop()]);
  }

  newBrowser(): BrowserClient {
    return new BrowserClient(this.platform.api);
  }

  /** Somebody with an account at a provider, which vouches for the address unless the claims say otherwise. */
  person(email = anAddress(), claims: object = {}, peer = this.acme): { subject: string; email: string } {
    const subject = `subject of ${email}`;
    peer.people.set(subject, { email, email_verified: true, name: 'Grace Hopper', ...claims });
    return { subject, email };
  }

  /** Goes from the platform to a provider, and signs in there; answers what it sends the browser back to. */
  async goThere(browser: BrowserClient, as: string | null, { query = '', peer = this.acme } = {}): Promise<string> {
    const { status, headers } = await browser.get(`/auth/oidc/${peer.setting.name}${query}`);
    expect(status).toBe(302);
    return pathOf(await peer.visit(headers.get('location') ?? '', as));
  }

  /** All the way there and back. */
  async signIn(browser: BrowserClient, as: string | null, query = ''): Promise<ApiAnswer> {
    return browser.get(await this.goThere(browser, as, { query }));
  }
}
