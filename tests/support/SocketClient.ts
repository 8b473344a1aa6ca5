import { io, type Socket } from 'socket.io-client';
import type { ApiAnswer } from './ApiClient';

interface Message {
  readonly name: string;
  readonly facts: ApiAnswer['body'];
}

/** A Socket.IO client of the platform, which keeps what it hears. */
export class SocketClient {
  readonly heard: Message[] = [];

  private constructor(private readonly socket: Socket) {
    socket.onAny((name: string, facts: unknown) => this.heard.push({ name, facts }));
  }

  /**
   * Connects, or fails to.
   * @throws the problem that the platform refuses it with
   */
  static connect(
    address: string,
    auth: object,
    { transport = 'websocket', headers = {} }: { transport?: 'websocket' | 'polling'; headers?: object } = {},
  ): Promise<SocketClient> {
    const socket = io(address, {
      auth,
      transports: [transport],
      extraHeaders: { ...headers },
      forceNew: true,
      reconnection: false,
    });
    return new Promise((resolve, reject) => {
      const client = new SocketClient(socket);
      socket.once('connect', () => resolve(client));
      socket.once('connect_error', (error: Error & { data?: unknown }) => {
        socket.disconnect();
        reject(Object.assign(error, { problem: error.data }));
      });
    });
  }

  get connected(): boolean {
    return this.socket.connected;
  }

  /** Sends a command, and answers what it was acknowledged with. */
  send(name: string, ...input: unknown[]): Promise<ApiAnswer['body']> {
    return this.socket.timeout(5000).emitWithAck(name, ...input);
  }

  /** What was told under this name, in order. */
  told(name: string): Message['facts'][] {
    return this.heard.filter((message) => message.name === name).map(({ facts }) => facts);
  }

  disconnect(): void {
    this.socket.disconnect();
  }
}
