import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseSetCookie } from 'cookie';
import type Provider from 'oidc-provider';
import type { Context } from 'oidc-provider';
import type { OidcProvider } from '../../src/core/config/Config';

const SCOPES = 'openid email profile';
const CLIENT_ID = 'atrium';
const CLIENT_SECRET = 'what the platform and its provider share';
const INTERACTION = '/interaction/';

type ClientAuthentication = 'client_secret_basic' | 'client_secret_post' | 'none';

interface Options {
  /** Where it may send people back to. */
  readonly callbacks: readonly string[];
  readonly name?: string;
  readonly clientAuthentication?: ClientAuthentication;
  /** Whether all that is told of a person stands in the ID token, and not only at the UserInfo endpoint. */
  readonly everythingInIdToken?: boolean;
}

/** What a provider says in place of what it would; null: nothing, ever. */
type Override = { readonly status: number; readonly body: object } | null;

/** A real OpenID Connect provider, where people sign in by saying who they are. */
export class OidcPeer {
  /** Subject -> what is told of the person. */
  readonly people = new Map<string, object>();

  /** Path -> what is answered there instead. */
  readonly overrides = new Map<string, Override>();

  /** How clients have said who they are, at the token endpoint: the scheme of each, if any. */
  readonly authentications: (string | undefined)[] = [];

  private readonly server: Server = createServer();

  private readonly quiet: readonly jest.SpyInstance[];

  private constructor(private readonly options: Options) {
    // It has much to tell to those who would run it in earnest.
    this.quiet = [jest.spyOn(console, 'info'), jest.spyOn(console, 'warn')].map((spy) => spy.mockImplementation());
  }

  static async start(options: Options): Promise<OidcPeer> {
    const peer = new OidcPeer(options);
    peer.server.listen(0, '127.0.0.1');
    await once(peer.server, 'listening');
    const { default: Library } = await import('oidc-provider');
    peer.serve(new Library(peer.issuer, peer.configuration()));
    return peer;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** As OIDC_PROVIDERS has it. */
  get setting(): OidcProvider {
    const { name = 'acme', clientAuthentication } = this.options;
    return {
      name,
      issuer: this.issuer,
      clientId: CLIENT_ID,
      scopes: SCOPES,
      ...(clientAuthentication !== 'none' && { clientSecret: CLIENT_SECRET }),
    };
  }

  /**
   * What a browser does at the provider, from where the platform has sent it.
   * @param as the subject who signs in there; null: somebody who would rather not
   * @returns where the provider sends the browser back to
   */
  async visit(url: string | URL, as: string | null): Promise<URL> {
    const jar = new Map<string, string>();
    let at = new URL(url);
    while (at.origin === this.issuer) {
      if (as !== null && at.pathname.startsWith(INTERACTION)) at.searchParams.set('as', as);
      const headers = { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
      const answer = await fetch(at, { redirect: 'manual', headers });
      for (const { name, value = '' } of answer.headers.getSetCookie().map((line) => parseSetCookie(line))) {
        jar.set(name, value);
      }
      const location = answer.headers.get('location');
      if (location === null) throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`);
      at = new URL(location, at);
    }
    return at;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
    for (const spy of this.quiet) spy.mockRestore();
  }

  private serve(provider: Provider): void {
    const callback = provider.callback();
    this.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', this.issuer);
      if (pathname === '/token') this.authentications.push(request.headers.authorization?.split(' ')[0]);
      const override = this.overrides.get(pathname);
      if (override === null) return;
      if (override) {
        response.writeHead(override.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(override.body));
      } else if (pathname.startsWith(INTERACTION)) {
        const accountId = searchParams.get('as');
        const result = accountId === null ? { error: 'access_denied' } : { login: { accountId } };
        void provider.interactionFinished(request, response, result);
      } else {
        void callback(request, response);
      }
    });
  }

  private configuration(): object {
    const { callbacks, clientAuthentication = 'client_secret_basic', everythingInIdToken = false } = this.options;
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
    return {
      clients: [
        {
          client_id: CLIENT_ID,
          redirect_uris: callbacks,
          token_endpoint_auth_method: clientAuthentication,
          ...(clientAuthentication !== 'none' && { client_secret: CLIENT_SECRET }),
        },
      ],
      clientAuthMethods: [clientAuthentication],
      jwks: { keys: [{ ...key, kid: 'its-key', alg: 'RS256', use: 'sig' }] },
      cookies: { keys: ['only for tests'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      conformIdTokenClaims: !everythingInIdToken,
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context: Context, { uid }: { uid: string }) => `${INTERACTION}${uid}` },
      findAccount: (_context: Context, accountId: string) => ({
        accountId,
        claims: () => ({ sub: accountId, ...this.people.get(accountId) }),
      }),
      // Nobody is asked for consent.
      loadExistingGrant: async ({ oidc: { provider, client, session } }: Context) => {
        const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
        grant.addOIDCScope(SCOPES);
        await grant.save();
        return grant;
      },
    };
  }
}
