import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { LOCALHOST_TLS } from './localhostTls';

/** The certificate of the push service, which nobody else trusts. */
export const PUSH_SERVICE_CERTIFICATE = LOCALHOST_TLS.cert;

interface PushMessage {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A push service (RFC 8030) on this machine: keeps what it takes; a path may be answered otherwise. */
export class PushService {
  readonly messages: PushMessage[] = [];

  private readonly answers = new Map<string, number>();

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const path = request.url ?? '';
        this.messages.push({ path, headers: request.headers, body: Buffer.concat(chunks) });
        response.writeHead(this.answers.get(path) ?? 201, { Location: 'https://127.0.0.1:1/' }).end();
      });
    });
  }

  static async start(): Promise<PushService> {
    const server = createServer(LOCALHOST_TLS);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new PushService(server);
  }

  endpoint(path: string): string {
    const address = this.server.address();
    return `https://localhost:${typeof address === 'object' ? address?.port : ''}${path}`;
  }

  answer(path: string, status: number): void {
    this.answers.set(path, status);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
