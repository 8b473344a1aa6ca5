import Joi from 'joi';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { BrowserSession } from '../../../core/presentation/browser/BrowserSession';
import {
  accepted,
  anyone,
  done,
  route,
  signedIn,
  type Answer,
  type Controller,
} from '../../../core/presentation/Route';
import type { UserQueries } from '../../user';
import type { AnswerMfaChallenge } from '../application/AnswerMfaChallenge';
import type { Login } from '../application/Login';
import type { RefreshSession } from '../application/RefreshSession';
import type { Register } from '../application/Register';
import type { ResendVerification } from '../application/ResendVerification';
import type { MfaRequired, SignedIn } from '../application/SignIn';
import type { VerifyEmail } from '../application/VerifyEmail';
import {
  csrfTokenView,
  loginInput,
  mfaAnswerInput,
  mfaRequiredView,
  nothingView,
  refreshInput,
  registerInput,
  signedInView,
  verifiedView,
  verifyEmailInput,
  type Transport,
} from './schemas';
import type { SignInAnswers } from './SignInAnswers';

export class AuthController implements Controller {
  constructor(
    private readonly register: Register,
    private readonly login: Login,
    private readonly answerMfaChallenge: AnswerMfaChallenge,
    private readonly refreshSession: RefreshSession,
    private readonly verifyEmail: VerifyEmail,
    private readonly resendVerification: ResendVerification,
    private readonly userQueries: UserQueries,
    private readonly signInAnswers: SignInAnswers,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/auth/register',
      summary: 'Open an account; a mail asks to verify the address',
      access: anyone(),
      rateLimit: 'credentials',
      body: registerInput,
      answers: { 201: signedInView },
      handle: async ({ body: { transport, ...account }, client, browser }) => {
        const answer = await this.begin(browser, transport, () => this.register.execute(account, client));
        return { ...answer, status: 201, location: '/users/me' };
      },
    }),
    route({
      method: 'post',
      path: '/auth/login',
      summary: 'Sign in with e-mail address and password',
      access: anyone(),
      rateLimit: 'credentials',
      body: loginInput,
      answers: { 200: Joi.alternatives(signedInView, mfaRequiredView) },
      handle: ({ body: { transport, ...credentials }, client, browser }) =>
        this.begin(browser, transport, () => this.login.execute(credentials, client)),
    }),
    route({
      method: 'post',
      path: '/auth/mfa/challenge',
      summary: 'Complete a sign-in with the second factor',
      access: anyone(),
      rateLimit: 'credentials',
      body: mfaAnswerInput,
      answers: { 200: signedInView },
      handle: ({ body: { transport, ...answer }, client, browser }) =>
        this.begin(browser, transport, () => this.answerMfaChallenge.execute(answer, client)),
    }),
    route({
      method: 'post',
      path: '/auth/refresh-token',
      summary: 'Trade a refresh token for a new pair; the old one is spent',
      access: anyone(),
      body: refreshInput,
      answers: { 200: signedInView },
      handle: async ({ body, browser }) => {
        if (body.refreshToken !== undefined) return this.refresh(body.refreshToken, 'body');
        const refreshToken = await browser.refreshToken();
        if (refreshToken === undefined) throw ValidationError.field('refreshToken', 'refreshToken is required.');
        return this.refresh(refreshToken, 'cookie');
      },
    }),
    route({
      method: 'get',
      path: '/auth/csrf-token',
      summary: 'Get what requests by cookie carry in X-CSRF-Token when they change something; bound to the session',
      access: anyone(),
      answers: { 200: csrfTokenView },
      tagged: false,
      handle: async ({ browser }) => done({ csrfToken: await browser.csrfToken() }),
    }),
    route({
      method: 'post',
      path: '/auth/verify-email',
      summary: 'Prove an address with the token that was mailed to it',
      access: anyone(),
      body: verifyEmailInput,
      answers: { 200: verifiedView },
      handle: async ({ body }) => {
        const userId = await this.verifyEmail.execute(body);
        return done({ user: await this.userQueries.account(userId) });
      },
    }),
    route({
      method: 'post',
      path: '/auth/resend-verification',
      summary: 'Have the link that proves your address mailed again; the one before is void',
      access: signedIn(),
      rateLimit: 'credentials',
      answers: { 202: nothingView },
      handle: async ({ actor }) => {
        await this.resendVerification.execute(actor);
        return accepted();
      },
    }),
  ];

  private async begin(
    browser: BrowserSession,
    transport: Transport | undefined,
    signIn: () => Promise<SignedIn | MfaRequired>,
  ): Promise<Answer> {
    if (transport === 'cookie') browser.assertOrigin();
    const outcome = await signIn();
    return 'mfaRequired' in outcome ? done(outcome) : this.signInAnswers.of(outcome, transport);
  }

  private async refresh(refreshToken: string, transport: Transport): Promise<Answer> {
    return this.signInAnswers.of(await this.refreshSession.execute({ refreshToken }), transport);
  }
}
