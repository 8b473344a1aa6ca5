import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import { anyone, redirect, route, type Answer, type Controller } from '../../../core/presentation/Route';
import type { FinishProviderSignIn, ProviderSignIn } from '../application/FinishProviderSignIn';
import type { StartProviderSignIn } from '../application/StartProviderSignIn';
import { byProvider, providerAnswer, providerSignInQuery } from './oidcSchemas';
import type { SignInAnswers } from './SignInAnswers';

/** Sign-in at identity providers, as the browser goes: there, and back to a page of the front end. */
export class OidcController implements Controller {
  constructor(
    private readonly startProviderSignIn: StartProviderSignIn,
    private readonly finishProviderSignIn: FinishProviderSignIn,
    private readonly signInAnswers: SignInAnswers,
    private readonly frontendUrl: string,
  ) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/auth/oidc/:provider',
      summary: 'Sign in at an identity provider: sends the browser there',
      access: anyone(),
      params: byProvider,
      query: providerSignInQuery,
      answers: { 302: null },
      handle: async ({ params: { provider }, query: { returnTo } }) => {
        const { url, sealed, lifetimeSeconds } = await this.startProviderSignIn.execute({ provider, returnTo });
        return redirect(url, { oidc: { value: sealed, maxAgeSeconds: lifetimeSeconds } });
      },
    }),
    route({
      method: 'get',
      path: '/auth/oidc/:provider/callback',
      summary: 'Come back from an identity provider: signs in by cookies, and sends the browser to the front end',
      access: anyone(),
      rateLimit: 'credentials',
      params: byProvider,
      query: providerAnswer,
      answers: { 302: null },
      handle: async ({ params: { provider }, query: answer, client, browser }) => {
        const input = { provider, answer, sealed: browser.cookie('oidc') };
        try {
          return this.goOn(await this.finishProviderSignIn.execute(input, client));
        } catch (error) {
          // Who came an honest way is told by a page; anything else is an attack, or an outage.
          if (error instanceof ForbiddenError) return this.toSignIn(`?error=${error.code}`);
          throw error;
        }
      },
    }),
  ];

  private goOn({ outcome, returnTo }: ProviderSignIn): Answer {
    if (!('mfaRequired' in outcome)) {
      return redirect(`${this.frontendUrl}${returnTo}`, { ...this.signInAnswers.cookies(outcome), oidc: null });
    }
    // A fragment reaches no server, and so no log.
    return this.toSignIn(`#${new URLSearchParams({ mfaToken: outcome.mfaToken, returnTo }).toString()}`);
  }

  private toSignIn(rest: string): Answer {
    return redirect(`${this.frontendUrl}/sign-in${rest}`, { oidc: null });
  }
}
