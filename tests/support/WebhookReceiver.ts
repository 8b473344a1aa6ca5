import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { eventually } from './eventually';

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Message {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A system of somebody else's that webhooks lead to: real HTTP on this machine, with everything that came in. */
export class WebhookReceiver {
  readonly received: Received[] = [];

  /** What it answers; 204 at first. */
  answer: (response: ServerResponse) => void = (response) => response.writeHead(204).end();

  private constructor(private readonly server: Server) {}

  static async start(port = 0): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server);
    server.on('request', (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      request.on('end', () => {
        receiver.received.push({ path: request.url ?? '', headers: request.headers, body });
        receiver.answer(response);
      });
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hooks`;
  }

  /** As the official library of Standard Webhooks verifies them. @throws for a bad signature */
  verified(secret: string): Message[] {
    return this.received.map(
      ({ headers, body }) => new Webhook(secret).verify(body, headers as Record<string, string>) as Message,
    );
  }

  /** Waits until so many requests have come in. */
  async heard(count: number): Promise<void> {
    await eventually(() => expect(this.received).toHaveLength(count));
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}
