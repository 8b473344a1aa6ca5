import type { AtriumSocket } from './SocketCommand';

/** A Node.js timer that is longer, 25 days, ends at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Ends a connection when its credential does, which may have become a later one by then. */
export function closeWithCredential(socket: AtriumSocket): void {
  let timer: NodeJS.Timeout | undefined;
  const close = (): void => {
    const left = socket.data.expiresAt - Date.now();
    if (left > 0) timer = setTimeout(close, Math.min(left, LONGEST_TIMER_MS));
    else socket.disconnect(true);
  };
  close();
  socket.on('disconnect', () => clearTimeout(timer));
}
