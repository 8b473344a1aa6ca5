import type { DomainEvent } from './DomainEvent';

/**
 * Guards the rules of one consistency boundary and records what happened.
 * `state` is frozen and replaced as a whole; `version` is the one the repository read (0: never saved).
 */
export abstract class AggregateRoot<State extends object> {
  #state: Readonly<State>;

  #events: DomainEvent[] = [];

  protected constructor(
    state: State,
    readonly version: number,
  ) {
    this.#state = Object.freeze({ ...state });
  }

  get state(): Readonly<State> {
    return this.#state;
  }

  /** Hands over what happened since the last call; the repository publishes it with its save. */
  releaseEvents(): readonly DomainEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  protected change(difference: Partial<State>): void {
    this.#state = Object.freeze({ ...this.#state, ...difference });
  }

  protected record(event: DomainEvent): void {
    this.#events.push(event);
  }
}
