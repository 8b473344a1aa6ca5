import type { Configuration, IDToken, TokenEndpointResponse, UserInfoResponse } from 'openid-client';
import type { OidcProvider } from '../../../core/config/Config';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import type { AnswerChecks, IdentityProviders, ProvenIdentity } from '../application/IdentityProviders';
import { discover } from './discover';
import { refusalOf, unavailable } from './oidcErrors';

type Tokens = TokenEndpointResponse & { claims(): IDToken | undefined };

/**
 * The certified client library. It is loaded when the first person signs in by it: an ES module, and of no use to
 * platforms without providers.
 */
const library = () => import('openid-client');

/** The providers of the configuration, each looked up once, when somebody first asks for it. */
export class OpenIdClientProviders implements IdentityProviders {
  private readonly configurations = new Map<string, Promise<Configuration>>();

  constructor(
    private readonly oidcProviders: readonly OidcProvider[],
    private readonly publicUrl: string,
    private readonly apiBase: string,
  ) {}

  assertKnown(name: string): void {
    this.find(name);
  }

  async start(name: string): Promise<{ url: string; checks: AnswerChecks }> {
    const { scopes } = this.find(name);
    const [openid, configuration] = [await library(), await this.configurationOf(name)];
    const checks = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      codeVerifier: openid.randomPKCECodeVerifier(),
    };
    const url = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: this.callback(name).href,
      scope: scopes,
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(checks.codeVerifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, checks };
  }

  async finish(name: string, answer: Readonly<Record<string, string>>, checks: AnswerChecks): Promise<ProvenIdentity> {
    const [openid, configuration] = [await library(), await this.configurationOf(name)];
    const url = this.callback(name);
    url.search = new URLSearchParams(answer).toString();
    try {
      const tokens = await openid.authorizationCodeGrant(configuration, url, {
        expectedState: checks.state,
        expectedNonce: checks.nonce,
        pkceCodeVerifier: checks.codeVerifier,
        idTokenExpected: true,
      });
      return await this.identityOf(configuration, tokens);
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /** What is not in the ID token is asked for; providers differ in how much they put there. */
  private async identityOf(configuration: Configuration, tokens: Tokens): Promise<ProvenIdentity> {
    const claims = tokens.claims();
    if (!claims) throw new Error('The provider sent no ID token.');
    const complete = 'email_verified' in claims && 'name' in claims;
    const asked = !complete && configuration.serverMetadata().userinfo_endpoint !== undefined;
    const { fetchUserInfo } = await library();
    const told: IDToken | UserInfoResponse = asked
      ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
      : claims;
    return {
      issuer: claims.iss,
      subject: claims.sub,
      email: typeof told.email === 'string' ? told.email : null,
      emailVerified: told.email_verified === true,
      name: typeof told.name === 'string' ? told.name : null,
    };
  }

  private find(name: string): OidcProvider {
    const provider = this.oidcProviders.find((each) => each.name === name);
    if (!provider) throw new NotFoundError();
    return provider;
  }

  /** Where the provider sends people back to; of the configuration alone, for a header could name any place. */
  private callback(name: string): URL {
    return new URL(`${this.publicUrl}${this.apiBase}/auth/oidc/${name}/callback`);
  }

  private configurationOf(name: string): Promise<Configuration> {
    const known = this.configurations.get(name);
    if (known) return known;
    const pending = discover(this.find(name)).catch((error: unknown) => {
      // Whoever asks next tries again.
      this.configurations.delete(name);
      throw unavailable(error);
    });
    this.configurations.set(name, pending);
    return pending;
  }
}
