import { IncomingMessage, ServerResponse, createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Express, Request, Response } from 'express';
import { UnavailableError } from '../errors/UnavailableError';
import { newId } from '../domain/Id';
import { problemHeaders, toProblem } from './problem';

/** Milliseconds in which a whole request must have arrived, and for which an idle connection is kept. */
const REQUEST_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_MS = 65_000;
/** Milliseconds that a connection without a request is given to send one when the server closes. */
const UNUSED_GRACE_MS = 500;
/** Milliseconds that requests in flight have to finish when the server closes. */
const DRAIN_MS = 10_000;

/** Answers while the platform starts: alive, and not ready. */
const starting: RequestListener = ({ url = '' }, response) => {
  if (url === '/livez') {
    response.setHeader('Content-Type', 'application/json; charset=utf-8').end('{"status":"starting"}');
    return;
  }
  const error = new UnavailableError('The platform is starting.');
  const headers = { 'Content-Type': 'application/problem+json; charset=utf-8', ...problemHeaders(error) };
  response.writeHead(503, headers).end(JSON.stringify(toProblem(error, url.split('?')[0] ?? '', newId())));
};

/**
 * The platform's HTTP server. Express sets the prototype of every request and response, which takes half of its time;
 * here they are born with prototypes that `serve` puts into the application's own chain, and it finds nothing to change.
 */
export class HttpServer {
  readonly server: Server;

  /** Connections that have not sent a request yet, as browsers and load balancers open them ahead of need. */
  private readonly unused = new Set<Socket>();

  private readonly Request = class extends IncomingMessage {};

  private readonly Response = class extends ServerResponse {};

  constructor() {
    this.server = createServer(
      {
        IncomingMessage: this.Request,
        ServerResponse: this.Response,
        requestTimeout: REQUEST_TIMEOUT_MS,
        keepAliveTimeout: KEEP_ALIVE_MS,
      },
      starting,
    );
    this.server.on('connection', (socket: Socket) => {
      this.unused.add(socket);
      socket.once('close', () => this.unused.delete(socket));
    });
    const used = ({ socket }: IncomingMessage): boolean => this.unused.delete(socket);
    this.server.on('request', used).on('upgrade', used);
  }

  /** Listens, already alive. Resolves with the address. @throws Error when the port is taken. */
  async listen(port: number, host: string): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(port, host, resolve);
    });
    const { address, family, port: bound } = this.server.address() as AddressInfo;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`;
  }

  /** From now on the application answers. */
  serve(app: Express): void {
    app.request = Object.setPrototypeOf(this.Request.prototype, app.request) as Request;
    app.response = Object.setPrototypeOf(this.Response.prototype, app.response) as Response;
    this.server.off('request', starting).on('request', app);
  }

  /** Accepts no more connections, lets requests in flight finish, and resolves when all connections are closed. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
    // Node.js counts these as busy; their first request may be on its way.
    const grace = setTimeout(() => {
      for (const socket of this.unused) socket.destroy();
    }, UNUSED_GRACE_MS);
    // A connection kept alive becomes idle only once its request is over.
    const sweep = setInterval(() => this.server.closeIdleConnections(), 50);
    const deadline = setTimeout(() => this.server.closeAllConnections(), DRAIN_MS);
    await closed;
    clearInterval(sweep);
    clearTimeout(deadline);
    clearTimeout(grace);
  }
}
