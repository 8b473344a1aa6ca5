import { io, type Socket } from 'socket.io-client';
import type { Screen } from './Screen';
import { StepFailed } from './StepFailed';

export interface Acknowledgement {
  readonly ok: boolean;
  readonly error?: { readonly status: number; readonly code: string };
}

const PATIENCE_MS = 5_000;

/** A Socket.IO connection of somebody who is signed in; shows what goes over it. */
export class RoomSocket {
  private constructor(
    private readonly socket: Socket,
    private readonly screen: Screen,
  ) {}

  static async connect(address: string, token: string, screen: Screen): Promise<RoomSocket> {
    const startedAt = performance.now();
    const socket = io(address, { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false });
    await new Promise<void>((resolve, reject) => {
      socket.on('connect', resolve);
      socket.on('connect_error', ({ message }) => reject(new StepFailed(`The socket can't connect: ${message}`)));
    });
    screen.exchange('socket connects', 'ok', performance.now() - startedAt);
    return new RoomSocket(socket, screen);
  }

  async join(workspaceId: string): Promise<Acknowledgement> {
    const startedAt = performance.now();
    const emitter = this.socket.timeout(PATIENCE_MS);
    const answer = (await emitter.emitWithAck('workspace:join', { workspaceId })) as Acknowledgement;
    const { status, code } = answer.error ?? {};
    this.screen.exchange('socket → workspace:join', status ?? 'ok', performance.now() - startedAt, code);
    return answer;
  }

  /** The next message of this name. @throws StepFailed when none comes. */
  async hear<Message>(name: string): Promise<Message> {
    const startedAt = performance.now();
    const message = await new Promise<Message>((resolve, reject) => {
      const late = () => reject(new StepFailed(`The socket has not heard ${name} within ${PATIENCE_MS / 1000} s.`));
      const patience = setTimeout(late, PATIENCE_MS);
      this.socket.once(name, (heard: Message) => {
        clearTimeout(patience);
        resolve(heard);
      });
    });
    this.screen.exchange(`socket ← ${name}`, 'heard', performance.now() - startedAt, 'after the call began');
    return message;
  }

  close(): void {
    this.socket.disconnect();
  }
}
