import { setTimeout as pause } from 'node:timers/promises';
import type { Caller } from '../seed';
import { Listener } from './Listener';

/** How many connect at a time. */
const AT_A_TIME = 50;
const QUIET_MS = 1_000;

/** People who are connected to a server, each to their workspace, and listen. */
export class Audience {
  private hear: (event: string) => void = () => {};

  private heardAt = 0;

  private readonly listeners: Listener[] = [];

  /** Connects them all, and waits until they are no longer told of one another. */
  static async gather(port: number, people: readonly Caller[], tokenOf: (caller: Caller) => string): Promise<Audience> {
    const audience = new Audience();
    const connect = async (caller: Caller): Promise<void> => {
      const auth = { token: tokenOf(caller), workspaceId: caller.workspaceId };
      audience.listeners.push(await Listener.connect(port, auth, (event) => audience.receive(event)));
    };
    for (let first = 0; first < people.length; first += AT_A_TIME) {
      await Promise.all(people.slice(first, first + AT_A_TIME).map(connect));
    }
    await audience.quiet();
    return audience;
  }

  /** From now on this is done with each event that one of them hears. */
  attend(hear: (event: string) => void): void {
    this.hear = hear;
  }

  /** Resolves when nobody has heard anything for a while. */
  async quiet(): Promise<void> {
    this.heardAt = performance.now();
    while (performance.now() - this.heardAt < QUIET_MS) await pause(QUIET_MS / 10);
  }

  leave(): void {
    for (const listener of this.listeners) listener.close();
  }

  private receive(event: string): void {
    this.heardAt = performance.now();
    this.hear(event);
  }
}
