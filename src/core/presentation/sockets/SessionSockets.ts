import Joi from 'joi';
import type { Authenticator } from '../../application/Authenticator';
import { UnauthorizedError } from '../../errors/UnauthorizedError';
import { socketCommand, type SocketCommands } from './SocketCommand';

export const TOKEN = Joi.string().max(4096);

/** A connection lives as long as its token, or as the one it is given next. */
export class SessionSockets implements SocketCommands {
  constructor(private readonly authenticator: Authenticator) {}

  readonly commands = [
    socketCommand({
      name: 'auth:refresh',
      summary: 'Go on with a fresh access token of the same session',
      input: Joi.object<{ token: string }>({ token: TOKEN.required() }),
      handle: async (connection, { token }) => {
        const { actor, expiresAt } = await this.authenticator.authenticate(token);
        const { userId, sessionId } = connection.actor;
        if (actor.userId !== userId || actor.sessionId !== sessionId) {
          throw new UnauthorizedError('UNAUTHENTICATED', 'The token is of another session.');
        }
        connection.renew(token, expiresAt);
        return { expiresAt: expiresAt.toISOString() };
      },
    }),
  ];
}
