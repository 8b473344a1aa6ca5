import {
  anyone,
  created,
  done,
  noContent,
  route,
  signedIn,
  type Answer,
  type Controller,
} from '../../../core/presentation/Route';
import type { UserId } from '../../../core/domain/Id';
import type { UserQueries } from '../../user';
import type { Login } from '../application/Login';
import type { Logout } from '../application/Logout';
import type { RefreshSession } from '../application/RefreshSession';
import type { Register } from '../application/Register';
import type { TokenPair } from '../application/Sessions';
import type { VerifyEmail } from '../application/VerifyEmail';
import { loginInput, refreshInput, registerInput, signedInView, verifiedView, verifyEmailInput } from './schemas';

export class AuthController implements Controller {
  constructor(
    private readonly register: Register,
    private readonly login: Login,
    private readonly refreshSession: RefreshSession,
    private readonly logout: Logout,
    private readonly verifyEmail: VerifyEmail,
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
      answers: { 200: signedInView },
      handle: async ({ body, client }) => done(await this.withUser(await this.login.execute(body, client))),
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
      path: '/auth/logout',
      summary: 'End this session',
      access: signedIn(),
      answers: { 204: null },
      handle: async ({ actor }): Promise<Answer> => {
        await this.logout.execute(actor);
        return noContent();
      },
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
  ];

  private async withUser({ userId, ...tokens }: TokenPair & { userId: UserId }): Promise<object> {
    return { user: await this.userQueries.account(userId), ...tokens };
  }
}
