import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';

const tls = (part: string): string => readFileSync(join(__dirname, '../fixtures/tls', `localhost.${part}.pem`), 'utf8');

/** The certificate of the push service, which nobody else trusts. */
export const PUSH_SERVICE_CERTIFICATE = tls('cert');

interface PushMessage {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A browser's side of Web Push (RFC 8291): its keys, and what it reads of a message. */
export class Browser {
  private readonly keys = createECDH('prime256v1');

  private readonly auth = randomBytes(16);

  private readonly publicKey = this.keys.generateKeys();

  /** What it subscribes with, at an address of its push service. */
  subscription(endpoint: string): object {
    const keys = { p256dh: this.publicKey.toString('base64url'), auth: this.auth.toString('base64url') };
    return { endpoint, expirationTime: null, keys };
  }

  /** @throws Error unless the message was made for it */
  read(body: Buffer): unknown {
    const salt = body.subarray(0, 16);
    const sender = body.subarray(21, 21 + (body[20] ?? 0));
    const content = body.subarray(21 + sender.length);
    const derive = (from: Buffer, with_: Buffer, info: Buffer | string, bytes: number): Buffer =>
      Buffer.from(hkdfSync('sha256', from, with_, info, bytes));
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.publicKey, sender]);
    const input = derive(this.keys.computeSecret(sender), this.auth, info, 32);
    const key = derive(input, salt, 'Content-Encoding: aes128gcm\0', 16);
    const decipher = createDecipheriv('aes-128-gcm', key, derive(input, salt, 'Content-Encoding: nonce\0', 12));
    decipher.setAuthTag(content.subarray(-16));
    const text = Buffer.concat([decipher.update(content.subarray(0, -16)), decipher.final()]).toString();
    return JSON.parse(text.slice(0, text.lastIndexOf('\u0002')));
  }
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
    const server = createServer({ key: tls('key'), cert: PUSH_SERVICE_CERTIFICATE });
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
