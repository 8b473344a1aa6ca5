import Joi from 'joi';
import { done, noContent, route, signedIn, type Controller } from '../../../core/presentation/Route';
import type { Logout } from '../application/Logout';
import type { LogoutEverywhere } from '../application/LogoutEverywhere';
import type { RevokeSession } from '../application/RevokeSession';
import type { SessionQueries } from '../application/SessionQueries';
import { bySessionId, sessionView } from './schemas';
import { signedOut } from './SignInAnswers';

export class SessionController implements Controller {
  constructor(
    private readonly sessionQueries: SessionQueries,
    private readonly revokeSession: RevokeSession,
    private readonly logout: Logout,
    private readonly logoutEverywhere: LogoutEverywhere,
  ) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/auth/sessions',
      summary: 'List your open sessions',
      access: signedIn(),
      answers: { 200: Joi.array().items(sessionView) },
      handle: async ({ actor }) => {
        const sessions = await this.sessionQueries.openOf(actor.userId);
        return done(sessions.map((session) => ({ ...session, current: session.id === actor.sessionId })));
      },
    }),
    route({
      method: 'delete',
      path: '/auth/sessions/:id',
      summary: 'End one of your sessions',
      access: signedIn(),
      params: bySessionId,
      answers: { 204: null },
      handle: async ({ actor, params }) => {
        await this.revokeSession.execute(actor, { sessionId: params.id });
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/auth/logout',
      summary: 'End this session',
      access: signedIn(),
      answers: { 204: null },
      handle: async ({ actor, browser }) => {
        await this.logout.execute(actor);
        return signedOut(browser);
      },
    }),
    route({
      method: 'post',
      path: '/auth/logout-all',
      summary: 'End all your sessions',
      access: signedIn(),
      answers: { 204: null },
      handle: async ({ actor, browser }) => {
        await this.logoutEverywhere.execute(actor);
        return signedOut(browser);
      },
    }),
  ];
}
