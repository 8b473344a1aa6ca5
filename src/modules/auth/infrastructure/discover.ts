import type { ClientAuth, Configuration } from 'openid-client';
import type { OidcProvider } from '../../../core/config/Config';

/** Seconds that each request to a provider may take. */
const TIMEOUT = 5;

/**
 * Reads what a provider tells about itself (OpenID Connect Discovery, section 4), and who we are there.
 * @throws Error when it can't be reached, or is not the issuer that it should be
 */
export async function discover({ issuer, clientId, clientSecret }: OidcProvider): Promise<Configuration> {
  const openid = await import('openid-client');
  return openid.discovery(new URL(issuer), clientId, undefined, await authentication(clientSecret), {
    timeout: TIMEOUT,
    execute: [
      // The signature of an ID token counts besides the connection that it came over.
      openid.enableNonRepudiationChecks,
      // The configuration lets such an issuer pass outside production only.
      ...(issuer.startsWith('http:') ? [openid.allowInsecureRequests] : []),
    ],
  });
}

/** A secret goes the way that the provider announces; without a word from it, the standard's. */
async function authentication(clientSecret: string | undefined): Promise<ClientAuth> {
  const { ClientSecretBasic, ClientSecretPost, None } = await import('openid-client');
  if (clientSecret === undefined) return None();
  const [basic, post] = [ClientSecretBasic(clientSecret), ClientSecretPost(clientSecret)];
  return (server, ...request) => {
    const { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] } = server;
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...request);
  };
}
