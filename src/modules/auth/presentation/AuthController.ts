import Joi from 'joi';
import { accepted, anyone, created, done, route, signedIn, type Controller } from '../../../core/presentation/Route';
import type { UserQueries } from '../../user';
import type { Login } from '../application/Login';
import type { RefreshSession } from '../application/RefreshSession';
import type { Register } from '../application/Register';
import type { AnswerMfaChallenge } from '../application/AnswerMfaChallenge';
import type { MfaRequired, SignedIn } from '../application/SignIn';
import type { ResendVerification } from '../application/ResendVerification';
import type { VerifyEmail } from '../application/VerifyEmail';
import {
  loginInput,
  mfaAnswerInput,
  mfaRequiredView,
  nothingView,
  refreshInput,
  registerInput,
  signedInView,
  verifiedView,
  verifyEmailInput,
} from './schemas';

export class AuthController implements Controller {
  constructor(
    private readonly register: Register,
    private readonly login: Login,
    private readonly answerMfaChallenge: AnswerMfaChallenge,
    private readonly refreshSession: RefreshSession,
    private readonly verifyEmail: VerifyEmail,
    private readonly resendVerification: ResendVerification,
    private readonly userQueries: UserQueries,
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
      handle: async ({ body, client }) =>
        created(await this.withUser(await this.register.execute(body, client)), '/users/me'),
    }),
    route({
      method: 'post',
      path: '/auth/login',
      summary: 'Sign in with e-mail address and password',
      access: anyone(),
      rateLimit: 'credentials',
      body: loginInput,
      answers: { 200: Joi.alternatives(signedInView, mfaRequiredView) },
      handle: async ({ body, client }) => done(await this.answerOf(await this.login.execute(body, client))),
    }),
    route({
      method: 'post',
      path: '/auth/mfa/challenge',
      summary: 'Complete a sign-in with the second factor',
      access: anyone(),
      rateLimit: 'credentials',
      body: mfaAnswerInput,
      answers: { 200: signedInView },
      handle: async ({ body, client }) =>
        done(await this.withUser(await this.answerMfaChallenge.execute(body, client))),
    }),
    route({
      method: 'post',
      path: '/auth/refresh-token',
      summary: 'Trade a refresh token for a new pair; the old one is spent',
      access: anyone(),
      body: refreshInput,
      answers: { 200: signedInView },
      handle: async ({ body }) => done(await this.withUser(await this.refreshSession.execute(body))),
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

  private async answerOf(outcome: SignedIn | MfaRequired): Promise<object> {
    return 'mfaRequired' in outcome ? outcome : this.withUser(outcome);
  }

  private async withUser({ userId, ...tokens }: SignedIn): Promise<object> {
    return { user: await this.userQueries.account(userId), ...tokens };
  }
}
