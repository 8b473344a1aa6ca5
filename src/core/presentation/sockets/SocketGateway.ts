import Joi from 'joi';
import type { AccessChange, AccessChanges } from '../../application/AccessChanges';
import type { AccessDenials } from '../../application/AccessDenials';
import type { Authenticator, WorkspaceAccess } from '../../application/Authenticator';
import type { Logger } from '../../application/Logger';
import type { Refusals } from '../../application/Refusals';
import { requestContext, type RequestContext } from '../../application/RequestContext';
import type { UserActor, WorkspaceActor } from '../../domain/Actor';
import type { EventKind } from '../../domain/DomainEvent';
import { newId, type WorkspaceId } from '../../domain/Id';
import { AppError } from '../../errors/AppError';
import { NotFoundError } from '../../errors/NotFoundError';
import { TooManyRequestsError } from '../../errors/TooManyRequestsError';
import { ValidationError } from '../../errors/ValidationError';
import type { Cookies } from '../browser/Cookies';
import { shortened } from '../clientOf';
import { toProblem, type Problem } from '../problem';
import type { RequestLimits } from '../RequestLimits';
import { id } from '../schema';
import { closeWithCredential } from './closeWithCredential';
import { CommandBudget } from './CommandBudget';
import { CURSOR, type EventRooms } from './EventRooms';
import { userRoom, workspaceOfRoom, workspaceRoom } from './rooms';
import { TOKEN } from './SessionSockets';
import {
  connectionOf,
  type AtriumServer,
  type AtriumSocket,
  type SocketCommand,
  type SocketCommands,
  type SocketConnection,
} from './SocketCommand';
import { contextOf } from '../trace';
import { validateBody } from '../validate';

type Acknowledge = (answer: object) => void;

const HANDSHAKE = Joi.object<{ token?: string; workspaceId?: WorkspaceId; after?: string }>({
  token: TOKEN,
  workspaceId: id('workspace'),
  after: CURSOR,
});

/** Tells a client whose handshake named a cursor that it can't be told all it missed. */
const RESYNC = 'workspace:resync';

/** Sockets of the people who are signed in: rooms they may be in, commands they may send, events they hear. */
export class SocketGateway {
  private readonly commands = new Map<string, SocketCommand>();

  /** What connections may in the workspace of their handshake, until they are in. */
  private readonly admitted = new WeakMap<AtriumSocket, WorkspaceActor>();

  constructor(
    private readonly socketServer: AtriumServer,
    private readonly eventRooms: EventRooms,
    private readonly requestLimits: RequestLimits,
    private readonly refusals: Refusals,
    private readonly authenticator: Authenticator,
    private readonly workspaceAccess: WorkspaceAccess,
    private readonly accessChanges: AccessChanges,
    private readonly accessDenials: AccessDenials,
    private readonly cookies: Cookies,
    private readonly logger: Logger,
  ) {}

  /** Opens the gateway: for these commands, and for those kinds of events that have a name on sockets. */
  open(contributions: readonly SocketCommands[], eventTypes: readonly EventKind[]): void {
    for (const command of contributions.flatMap(({ commands }) => commands)) this.commands.set(command.name, command);
    this.eventRooms.declare(eventTypes);
    this.socketServer.use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: unknown) => void this.refuse(socket, error).then(next),
      );
    });
    this.socketServer.on('connection', (socket) => this.welcome(socket));
    this.accessChanges.onChange((change) => void this.review(change));
  }

  private async admit(socket: AtriumSocket): Promise<void> {
    const { token = this.cookieOf(socket), workspaceId, after } = validateBody(HANDSHAKE, socket.handshake.auth);
    if (token === undefined) throw ValidationError.field('token', 'token is required.');
    const caller = await this.authenticator.authenticate(token);
    const workspace = workspaceId ?? caller.workspaceId;
    if (workspace) this.admitted.set(socket, await this.workspaceAccess.enter(caller.actor, workspace));
    if (workspace && after === undefined) await this.eventRooms.passOver(socket, workspace);
    const { actor, expiresAt } = caller;
    const entering = workspace && { workspaceId: workspace, ...(after !== undefined && { after }) };
    socket.data = { actor, token, expiresAt: expiresAt.getTime(), ...(entering && { entering }) };
  }

  /** Whoever tries tokens does so as anonymous as any other caller without one. */
  private async refuse(socket: AtriumSocket, error: unknown): Promise<Error> {
    let refusal = error;
    if (error instanceof AppError && (error.kind === 'invalid' || error.kind === 'unauthenticated')) {
      // Born as a request of Express, which knows what is to be believed about proxies.
      const { ip = socket.handshake.address } = socket.request as { ip?: string };
      refusal = await this.requestLimits.countHandshake(ip).then(
        () => error,
        (tooMany: unknown) => tooMany,
      );
    }
    return Object.assign(new Error('Refused'), { data: this.problem(refusal, 'handshake') });
  }

  /** Foreign origins never get this far; whoever names none may be anybody's page, so the cookie does not count. */
  private cookieOf({ handshake: { headers } }: AtriumSocket): string | undefined {
    return headers.origin === undefined ? undefined : this.cookies.read(headers.cookie, 'access');
  }

  /** The client has just been told that it is in: what happens from now on is heard. */
  private welcome(socket: AtriumSocket): void {
    const connection = connectionOf(socket);
    const { actor, entering } = socket.data;
    connection.join(userRoom(actor.userId));
    const access = this.admitted.get(socket);
    if (access && entering?.after === undefined) this.eventRooms.join(connection, access);
    closeWithCredential(socket);
    this.listen(socket, connection, this.settle(socket, connection));
  }

  /** What was looked up for the handshake may have changed before anybody could tell this connection. */
  private async settle(socket: AtriumSocket, connection: SocketConnection): Promise<void> {
    await this.recheck(socket);
    const { workspaceId, after } = socket.data.entering ?? {};
    if (!workspaceId || after === undefined || !socket.connected) return;
    try {
      const entered = await this.eventRooms.enter(connection, workspaceId, after);
      if (entered.resync) connection.send(RESYNC, { workspaceId, cursor: entered.cursor });
    } catch (error) {
      // The client counts on what it asked for; when it connects again it is told why it can't have it.
      this.logger.debug('A connection could not be told what it had missed', { error });
      socket.disconnect(true);
    }
  }

  /** Commands of one connection run one after the other, the first of them behind `before`. */
  private listen(socket: AtriumSocket, connection: SocketConnection, before: Promise<void>): void {
    const budget = new CommandBudget();
    let last = before;
    socket.onAny((name: string, ...args: unknown[]) => {
      const callback = args.at(-1);
      const acknowledge = typeof callback === 'function' ? (callback as Acknowledge) : () => {};
      const input = typeof args[0] === 'function' ? undefined : args[0];
      const verdict = budget.spend();
      if (verdict === 'flood') socket.disconnect(true);
      else if (verdict === 'refused') {
        acknowledge({ ok: false, error: this.problem(new TooManyRequestsError(1), name) });
      } else {
        last = last.then(async () => {
          if (!connection.connected) return;
          acknowledge(await requestContext.run(commandContext(socket), () => this.run(connection, name, input)));
        });
      }
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

  /** Looks the connections of this node up again that a change may concern, and takes out who may not stay. */
  private async review({ userId, workspaceId }: AccessChange): Promise<void> {
    const { sockets, adapter } = this.socketServer.of('/');
    const room = userId ? userRoom(userId) : workspaceId && workspaceRoom(workspaceId);
    const ids = room ? (adapter.rooms.get(room) ?? []) : sockets.keys();
    const concerned = [...ids].flatMap((each) => sockets.get(each) ?? []);
    await Promise.all(concerned.map((socket) => this.recheck(socket)));
  }

  private async recheck(socket: AtriumSocket): Promise<void> {
    try {
      const { actor } = await this.authenticator.authenticate(socket.data.token);
      for (const room of [...socket.rooms]) {
        const workspaceId = workspaceOfRoom(room);
        if (workspaceId) await this.recheckIn(workspaceId, actor, connectionOf(socket));
      }
    } catch (error) {
      if (error instanceof AppError && error.kind !== 'unavailable') socket.disconnect(true);
      else this.logger.warn('A socket could not be looked up again', { error });
    }
  }

  private async recheckIn(workspaceId: WorkspaceId, actor: UserActor, connection: SocketConnection): Promise<void> {
    const mayStay = (): Promise<boolean> => this.mayStay(workspaceId, actor, connection);
    if (!(await mayStay())) await this.eventRooms.dismiss(connection, workspaceId, mayStay);
  }

  private async mayStay(workspaceId: WorkspaceId, actor: UserActor, connection: SocketConnection): Promise<boolean> {
    try {
      const access = await this.workspaceAccess.enter(actor, workspaceId);
      // It may have left meanwhile.
      if (connection.rooms.has(workspaceRoom(workspaceId))) this.eventRooms.join(connection, access);
      return true;
    } catch (error) {
      if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
      return false;
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
  return { ...contextOf({}), via: 'socket', client };
}
