import type { DomainEvent, EventKind } from '../domain/DomainEvent';

/** An event that stands in the log; `cursor` orders it among the events of its workspace. */
export interface LoggedEvent<Facts extends object = object> extends DomainEvent<Facts> {
  readonly cursor: string;
}

/**
 * What a module does about an event. `name` is `<module>.<effect>-on-<event>` and is the delivery key.
 *
 * - `transactional`: inside the transaction of the change; if it throws, the change is undone.
 * - `durable`: a job of its own after the commit, with back-off and dead letters, until it has succeeded once. That is
 *   noted when it returns: a node that dies just before makes it come again.
 */
export interface EventHandler<Facts extends object = object> {
  readonly name: string;
  /** The kind of events, or all the kinds, that it handles; without any it hears of every event. */
  readonly on?: EventKind | readonly EventKind[];
  readonly delivery: 'transactional' | 'durable';
  /** Which events of its kinds it does anything about, if not all: for the others no job is made. */
  concerns?(event: DomainEvent<Facts>): boolean;
  handle(event: DomainEvent<Facts>): Promise<void>;
}

export interface EventBus {
  /**
   * Appends to the event log inside the open unit of work, and with it everything that follows:
   * transactional handlers run now, durable ones become jobs, subscribers hear it after the commit.
   * @throws Error when no unit of work is open.
   */
  publish(events: readonly DomainEvent[]): Promise<void>;

  /** Calls `listener` for each event of this process, at once after its commit. `EventFeed` has those of all, in order. */
  subscribe(listener: (event: LoggedEvent) => void): void;
}
