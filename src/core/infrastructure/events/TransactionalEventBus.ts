import type { EventBus, EventHandler, LoggedEvent } from '../../application/EventBus';
import type { JobQueue, JobTask } from '../../application/JobQueue';
import type { Logger } from '../../application/Logger';
import type { UnitOfWork } from '../../application/UnitOfWork';
import type { DomainEvent } from '../../domain/DomainEvent';
import type { EventLog } from './EventLog';

/** Three ways out of one log: handlers in the transaction, durable jobs, and listeners after the commit. */
export class TransactionalEventBus implements EventBus {
  private readonly handlers: EventHandler[] = [];

  /** By kind of event, found out when the first one comes. */
  private readonly handlersOf = new Map<string, readonly EventHandler[]>();

  private readonly listeners: ((event: LoggedEvent) => void)[] = [];

  constructor(
    private readonly eventLog: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly jobQueue: JobQueue,
    private readonly logger: Logger,
  ) {}

  /** Adds a handler at boot. @throws Error when its name is taken: the name is the delivery key. */
  register(handler: EventHandler): void {
    if (this.handlers.some(({ name }) => name === handler.name)) {
      throw new Error(`Two event handlers are named ${handler.name}.`);
    }
    this.handlers.push(handler);
    this.handlersOf.clear();
  }

  subscribe(listener: (event: LoggedEvent) => void): void {
    this.listeners.push(listener);
  }

  async publish(events: readonly DomainEvent[]): Promise<void> {
    for (const event of events) {
      const logged = await this.eventLog.append(event);
      this.unitOfWork.afterCommit(() => this.announce(logged));
      for (const handler of this.concerned(event)) {
        if (handler.delivery === 'transactional') await handler.handle(event);
        else await this.jobQueue.add(handler.name, { eventId: event.id }, `${handler.name}:${event.id}`);
      }
    }
  }

  /** What the jobs of durable handlers do: read the event back and handle it, unless that is done. */
  durableTasks(): JobTask<{ eventId: string }>[] {
    const durable = this.handlers.filter(({ delivery }) => delivery === 'durable');
    return durable.map((handler) => ({
      name: handler.name,
      run: async ({ eventId }) => {
        const event = await this.eventLog.findFor(handler.name, eventId);
        if (!event) return;
        await handler.handle(event);
        await this.eventLog.noteHandled(eventId, handler.name);
      },
    }));
  }

  private concerned(event: DomainEvent): readonly EventHandler[] {
    return this.handlersFor(event.type).filter((handler) => handler.concerns?.(event) ?? true);
  }

  private handlersFor(type: string): readonly EventHandler[] {
    const known = this.handlersOf.get(type);
    if (known) return known;
    const handlers = this.handlers.filter(({ on }) => !on || [on].flat().some(({ name }) => name === type));
    this.handlersOf.set(type, handlers);
    return handlers;
  }

  private announce(event: LoggedEvent): void {
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (error) {
        // The change is committed: a listener that fails must not make it look otherwise.
        this.logger.error(`A listener of ${event.type} failed`, { error });
      }
    }
  }
}
