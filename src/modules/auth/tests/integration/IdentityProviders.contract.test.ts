import { InMemoryIdentityProviders } from '../../../../../tests/fixtures/InMemoryIdentityProviders';
import {
  identityProvidersContract,
  type ProvidersWorld,
} from '../../../../../tests/support/contracts/identityProvidersContract';
import { OidcPeer } from '../../../../../tests/support/OidcPeer';
import { OpenIdClientProviders } from '../../infrastructure/OpenIdClientProviders';

const PUBLIC_URL = 'https://api.example.com';

async function inMemory(): Promise<ProvidersWorld> {
  const providers = new InMemoryIdentityProviders(['acme']);
  return {
    providers,
    issuer: 'https://acme.example',
    visit: (url, as) => providers.visit(url, as),
    open: (subject, email, name) => providers.people.set(subject, { email, emailVerified: true, name }),
    stop: async () => {},
  };
}

async function real(): Promise<ProvidersWorld> {
  const peer = await OidcPeer.start({ callbacks: [`${PUBLIC_URL}/api/v1/auth/oidc/acme/callback`] });
  return {
    providers: new OpenIdClientProviders([peer.setting], PUBLIC_URL, '/api/v1'),
    issuer: peer.issuer,
    visit: async (url, as) => Object.fromEntries((await peer.visit(url, as)).searchParams),
    open: (subject, email, name) => peer.people.set(subject, { email, email_verified: true, name }),
    stop: () => peer.stop(),
  };
}

describe('IdentityProviders', () => {
  describe('in memory', () => identityProvidersContract(inMemory));
  describe('by OpenID Connect', () => identityProvidersContract(real));
});
