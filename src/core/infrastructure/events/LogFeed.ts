import type { EventBus, LoggedEvent } from '../../application/EventBus';
import { cursorBefore, parseCursor } from '../../application/EventCursor';
import type { EventFeed, FeedRange } from '../../application/EventFeed';
import type { Logger } from '../../application/Logger';
import type { Signals } from '../../application/Signals';
import { newId, type WorkspaceId } from '../../domain/Id';
import type { EventLog } from './EventLog';

const TOPIC = 'events-committed';

/** Other nodes are told of many commits at once: a notification of each would make all commits wait for one another. */
const TELL_EVERY_MS = 10;

/** How soon to look again for events that wait for an older transaction, and at most how much later. */
const WAIT_MS = 5;
const LONGEST_WAIT_MS = 100;

/** A node that died between its commit and its word to the others is noticed this late. */
const LOOK_EVERY_MS = 1_000;

/**
 * Reads the log as it grows: woken by this node's own commits and by the other nodes' word, which tells nothing but
 * that there is something. The log alone says what, and in which order.
 */
export class LogFeed implements EventFeed {
  head = cursorBefore(1n);

  /** Signed with, so that a node does not look again at what it has told the others of. */
  private readonly node = newId<string>();

  private readonly listeners: Parameters<EventFeed['subscribe']>[0][] = [];

  private running = false;

  private again = false;

  private reading: Promise<void> | undefined;

  private wait = WAIT_MS;

  private retry: NodeJS.Timeout | undefined;

  private telling: NodeJS.Timeout | undefined;

  private looking: NodeJS.Timeout | undefined;

  constructor(
    private readonly eventLog: EventLog,
    private readonly eventBus: EventBus,
    private readonly signals: Signals,
    private readonly logger: Logger,
  ) {}

  /** Begins with what is committed from now on. */
  async start(): Promise<void> {
    const { horizon } = await this.eventLog.tail(this.head);
    this.head = cursorBefore(horizon);
    this.running = true;
    this.eventBus.subscribe(() => {
      this.wake();
      this.tellOthers();
    });
    this.signals.on(TOPIC, (node) => {
      if (node !== this.node) this.wake();
    });
    this.signals.onResync(() => this.wake());
    this.looking = setInterval(() => this.wake(), LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    this.running = false;
    clearInterval(this.looking);
    clearTimeout(this.retry);
    clearTimeout(this.telling);
    await this.reading;
  }

  subscribe(listener: Parameters<EventFeed['subscribe']>[0]): void {
    this.listeners.push(listener);
  }

  async catchUp(): Promise<void> {
    await this.reading;
    this.wake();
    await this.reading;
  }

  pending(workspaceId: WorkspaceId): ReturnType<EventFeed['pending']> {
    return this.eventLog.pending(workspaceId, this.head);
  }

  between(range: FeedRange): Promise<LoggedEvent[]> {
    return this.eventLog.between(range);
  }

  private wake(): void {
    if (!this.running) return;
    this.again = true;
    this.reading ??= this.read();
  }

  private async read(): Promise<void> {
    clearTimeout(this.retry);
    try {
      while (this.again && this.running) {
        this.again = false;
        await this.readPage();
      }
    } catch (error) {
      this.logger.warn('The event log could not be read on', { error });
      this.lookAgain(LONGEST_WAIT_MS);
    } finally {
      // In the breath in which the loop ends: whoever wakes the feed next begins a new one.
      this.reading = undefined;
    }
  }

  private async readPage(): Promise<void> {
    const { events, more, waiting, horizon } = await this.eventLog.tail(this.head);
    for (const event of events) {
      this.head = event.cursor;
      await this.tell(event);
    }
    if (more) {
      this.again = true;
      return;
    }
    // What another database of the server has open may be older than what is told already.
    const [told] = parseCursor(this.head) ?? [0n];
    if (horizon > told) this.head = cursorBefore(horizon);
    this.wait = waiting && events.length === 0 ? Math.min(this.wait * 2, LONGEST_WAIT_MS) : WAIT_MS;
    if (waiting) this.lookAgain(this.wait);
  }

  private async tell(event: LoggedEvent): Promise<void> {
    for (const listener of this.listeners) {
      try {
        await listener(event);
      } catch (error) {
        this.logger.error(`Whoever follows ${event.type} failed`, { error });
      }
    }
  }

  private lookAgain(afterMs: number): void {
    clearTimeout(this.retry);
    if (this.running) this.retry = setTimeout(() => this.wake(), afterMs);
  }

  private tellOthers(): void {
    if (!this.running) return;
    this.telling ??= setTimeout(() => {
      this.telling = undefined;
      this.signals.send(TOPIC, this.node).catch((error: unknown) => {
        this.logger.debug('The other nodes could not be told of events', { error });
      });
    }, TELL_EVERY_MS);
  }
}
