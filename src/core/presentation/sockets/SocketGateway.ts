import Joi from 'joi';
import type { Server, Socket } from 'socket.io';
import type { AccessChange, AccessChanges } from '../../application/AccessChanges';
import type { AccessDenials } from '../../application/AccessDenials';
import type { Authenticator, WorkspaceAccess } from '../../application/Authenticator';
import type { EventBus, LoggedEvent } from '../../application/EventBus';
import type { Logger } from '../../application/Logger';
import type { Refusals } from '../../application/Refusals';
import { requestContext, type RequestContext } from '../../application/RequestContext';
import type { EventKind } from '../../domain/DomainEvent';
import { newId, type UserId, type WorkspaceId } from '../../domain/Id';
import { AppError } from '../../errors/AppError';
import { NotFoundError } from '../../errors/NotFoundError';
import { ValidationError } from '../../errors/ValidationError';
import type { Cookies } from '../browser/Cookies';
import { shortened } from '../clientOf';
import { toProblem, type Problem } from '../problem';
import type { EventMessages } from './EventMessages';
import { joinWorkspace } from './joinWorkspace';
import { userRoom, workspaceOfRoom, workspaceRoom } from './rooms';
import { id } from '../schema';
import type { SocketCommand, SocketCommands, SocketConnection, SocketData } from './SocketCommand';
import { contextOf } from '../trace';
import { validateBody } from '../validate';

type AtriumServer = Server<Record<string, never>, Record<string, (message: object) => void>, object, SocketData>;
type AtriumSocket = Socket<Record<string, never>, Record<string, (message: object) => void>, object, SocketData>;
type Acknowledge = (answer: object) => void;

const HANDSHAKE = Joi.object<{ token?: string; workspaceId?: WorkspaceId }>({
  token: Joi.string().max(4096),
  workspaceId: id('workspace'),
});

/** A Node.js timer that is longer, 25 days, ends at once; a connection that old has to be made anew. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Sockets of the people who are signed in: rooms they may be in, commands they may send, events they hear. */
export class SocketGateway {
  private readonly commands = new Map<string, SocketCommand>();

  private readonly kinds = new Map<string, EventKind>();

  constructor(
    private readonly socketServer: AtriumServer,
    private readonly personalMessages: EventMessages,
    private readonly refusals: Refusals,
    private readonly authenticator: Authenticator,
    private readonly workspaceAccess: WorkspaceAccess,
    private readonly eventBus: EventBus,
    private readonly accessChanges: AccessChanges,
    private readonly accessDenials: AccessDenials,
    private readonly cookies: Cookies,
    private readonly logger: Logger,
  ) {}

  /** Opens the gateway: for these commands, and for those kinds of events that have a name on sockets. */
  open(contributions: readonly SocketCommands[], eventTypes: readonly EventKind[]): void {
    for (const command of contributions.flatMap(({ commands }) => commands)) this.commands.set(command.name, command);
    for (const kind of eventTypes) this.kinds.set(kind.name, kind);
    this.socketServer.use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: unknown) => next(Object.assign(new Error('Refused'), { data: this.problem(error, 'handshake') })),
      );
    });
    this.socketServer.on('connection', (socket) => this.listen(socket));
    this.eventBus.subscribe((event) => this.broadcast(event));
    this.accessChanges.onChange((change) => void this.review(change));
  }

  private async admit(socket: AtriumSocket): Promise<void> {
    const { token = this.cookieOf(socket), workspaceId } = validateBody(HANDSHAKE, socket.handshake.auth);
    if (token === undefined) throw ValidationError.field('token', 'token is required.');
    const caller = await this.authenticator.authenticate(token);
    socket.data = { actor: caller.actor, token, expiresAt: caller.expiresAt.getTime() };
    await socket.join(userRoom(caller.actor.userId));
    const workspace = workspaceId ?? caller.workspaceId;
    if (workspace) {
      await joinWorkspace(connectionOf(socket), this.workspaceAccess, caller.actor, workspace);
    }
  }

  /** Foreign origins never get this far; whoever names none may be anybody's page, so the cookie does not count. */
  private cookieOf({ handshake: { headers } }: AtriumSocket): string | undefined {
    return headers.origin === undefined ? undefined : this.cookies.read(headers.cookie, 'access');
  }

  private closeWithCredential(socket: AtriumSocket): void {
    const left = Math.min(socket.data.expiresAt - Date.now(), LONGEST_TIMER_MS);
    const expiry = setTimeout(() => socket.disconnect(true), left);
    socket.on('disconnect', () => clearTimeout(expiry));
  }

  private listen(socket: AtriumSocket): void {
    const connection = connectionOf(socket);
    this.closeWithCredential(socket);
    socket.onAny((name: string, ...args: unknown[]) => {
      const last = args.at(-1);
      const acknowledge = typeof last === 'function' ? (last as Acknowledge) : () => {};
      const input = typeof args[0] === 'function' ? undefined : args[0];
      void requestContext.run(commandContext(socket), () => this.run(connection, name, input)).then(acknowledge);
    });
  }

  private async run(connection: SocketConnection, name: string, input: unknown): Promise<object> {
    try {
      const command = this.commands.get(name);
      if (!command) throw new NotFoundError('NOT_FOUND', 'There is no such command.');
      return { ok: true, ...(await command.handle(connection, validateBody(command.input, input))) };
    } catch (error) {
      const recorded = this.accessDenials.record(connection.actor, error, name).then(() => error);
      const refusal: unknown = await recorded.catch((failure: unknown) => failure);
      return { ok: false, error: this.problem(await this.refusals.explained(refusal), name) };
    }
  }

  private broadcast(event: LoggedEvent): void {
    const { socket: message, audience } = this.kinds.get(event.type) ?? {};
    if (!message) return;
    if (audience === 'person') this.personalMessages.tell([(event.facts as { userId: UserId }).userId], message, event);
    else if (event.workspaceId) this.personalMessages.send(workspaceRoom(event.workspaceId), message, event);
  }

  /** Looks the connections of this node up again that a change may concern, and takes out who may not stay. */
  private async review({ userId, workspaceId }: AccessChange): Promise<void> {
    const { local } = this.socketServer;
    const room = userId ? userRoom(userId) : workspaceId && workspaceRoom(workspaceId);
    const sockets = await (room ? local.in(room) : local).fetchSockets();
    await Promise.all(sockets.map((socket) => this.recheck(socket)));
  }

  private async recheck(socket: Awaited<ReturnType<AtriumServer['fetchSockets']>>[number]): Promise<void> {
    try {
      const { actor } = await this.authenticator.authenticate(socket.data.token);
      for (const room of socket.rooms) {
        const workspaceId = workspaceOfRoom(room);
        if (workspaceId)
          await this.workspaceAccess.enter(actor, workspaceId).catch((error: unknown) => leave(room, error));
      }
    } catch (error) {
      if (error instanceof AppError && error.kind !== 'unavailable') socket.disconnect(true);
      else this.logger.warn('A socket could not be looked up again', { error });
    }

    function leave(room: string, error: unknown): void {
      if (error instanceof AppError && error.kind !== 'unavailable') socket.leave(room);
      else throw error;
    }
  }

  private problem(error: unknown, instance: string): Problem {
    const problem = toProblem(error, instance, newId());
    if (problem.status >= 500) this.logger.error('A socket command failed', { error, requestId: problem.requestId });
    return problem;
  }
}

/** A command is a request of its own; a proxy in between is what its address tells. */
function commandContext({ handshake: { address, headers } }: AtriumSocket): RequestContext {
  const client = { ip: address, userAgent: shortened(headers['user-agent']) };
  return { ...contextOf({}), via: 'socket', client: () => client };
}

function connectionOf(socket: AtriumSocket): SocketConnection {
  return {
    actor: socket.data.actor,
    join: (room) => socket.join(room),
    leave: (room) => socket.leave(room),
  };
}
