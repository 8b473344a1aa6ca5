import type { Authenticated, Authenticator } from '../../../core/application/Authenticator';
import type { SessionId } from '../../../core/domain/Id';
import { isApiKeyText } from '../domain/apiKeyText';
import type { ApiKeyAuthenticator } from './ApiKeyAuthenticator';
import type { SessionAuthenticator } from './SessionAuthenticator';

/** Bearer credentials of both kinds: access tokens of people, and API keys, which their beginning tells apart. */
export class BearerAuthenticator implements Authenticator {
  constructor(
    private readonly sessionAuthenticator: SessionAuthenticator,
    private readonly apiKeyAuthenticator: ApiKeyAuthenticator,
  ) {}

  authenticate(bearerToken: string): Promise<Authenticated> {
    const { sessionAuthenticator, apiKeyAuthenticator } = this;
    return (isApiKeyText(bearerToken) ? apiKeyAuthenticator : sessionAuthenticator).authenticate(bearerToken);
  }

  sessionOf(bearerToken: string): SessionId | null {
    return this.sessionAuthenticator.sessionOf(bearerToken);
  }
}
