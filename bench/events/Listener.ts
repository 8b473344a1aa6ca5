import { connect, type Socket } from 'node:net';

const HANDSHAKE = [
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

const END_OF_HEAD = '\r\n\r\n';
const TEXT = 0x81;
const MASKED = 0x80;
/** The length that stands for one of two bytes, which follows. */
const LONG = 126;

/** A text frame of at most 64 KiB, as a client has to send it: masked, here with zeros, which change nothing (RFC 6455, 5.2). */
function frame(text: string): Buffer {
  const content = Buffer.from(text);
  const { length } = content;
  const lengths = length < LONG ? [MASKED + length] : [MASKED + LONG, Math.floor(length / 256), length % 256];
  return Buffer.concat([Buffer.of(TEXT, ...lengths, 0, 0, 0, 0), content]);
}

const PONG = frame('3');

/**
 * A Socket.IO client over WebSocket that only listens. The frames of WebSocket, Engine.IO and Socket.IO are taken apart
 * by hand, because a thousand real clients would take more of the processor than the servers under test.
 */
export class Listener {
  private rest: Buffer = Buffer.alloc(0);

  private constructor(
    private readonly socket: Socket,
    private readonly hear: (event: string) => void,
  ) {}

  /**
   * Connects with what a handshake tells in `auth`; `hear` is given each event as the text that came.
   * @throws Error when it is refused
   */
  static connect(port: number, auth: object, hear: (event: string) => void): Promise<Listener> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1').setNoDelay();
      const listener = new Listener(socket, hear);
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('The server closed the connection.')));
      socket.on('connect', () => socket.write(HANDSHAKE.join('\r\n') + END_OF_HEAD));
      socket.once('data', (answer: Buffer) => {
        const endOfHead = answer.indexOf(END_OF_HEAD) + END_OF_HEAD.length;
        socket.write(frame(`40${JSON.stringify(auth)}`));
        const admitted = (packet: string): void => {
          if (packet.startsWith('40')) resolve(listener);
          else reject(new Error(`The server refuses: ${packet}`));
        };
        socket.on('data', (chunk: Buffer) => listener.receive(chunk, admitted));
        listener.receive(answer.subarray(endOfHead), admitted);
      });
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private receive(chunk: Buffer, answered: (packet: string) => void): void {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let at = 0;
    for (let end = endOfFrame(bytes, at); end <= bytes.length; end = endOfFrame(bytes, at)) {
      const packet = bytes.toString('latin1', at + (bytes[at + 1] === LONG ? 4 : 2), end);
      if (packet.startsWith('42')) this.hear(packet);
      else if (packet === '2') this.socket.write(PONG);
      else if (packet.startsWith('4')) answered(packet);
      at = end;
    }
    this.rest = bytes.subarray(at);
  }
}

/** Where the frame that begins here ends; infinite as long as that can't be told. */
function endOfFrame(bytes: Buffer, at: number): number {
  const length = bytes[at + 1];
  if (length === undefined) return Infinity;
  if (length < LONG) return at + 2 + length;
  if (length > LONG) throw new Error('No message is as long as this.');
  return bytes.length < at + 4 ? Infinity : at + 4 + bytes.readUInt16BE(at + 2);
}
