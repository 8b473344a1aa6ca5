import type { EventKind } from '../../../core/domain/DomainEvent';
import { ValidationError } from '../../../core/errors/ValidationError';
import { EVERY_EVENT } from '../domain/Webhook';

/** What a webhook can listen to. */
export class EventCatalogue {
  private readonly known: ReadonlySet<string>;

  constructor(publicEvents: readonly EventKind[]) {
    this.known = new Set([EVERY_EVENT, ...publicEvents.map(({ name }) => name)]);
  }

  /** @throws ValidationError that names each type that there is not */
  assertKnown(types: readonly string[]): void {
    const errors = types.flatMap((type, index) =>
      this.known.has(type)
        ? []
        : [{ field: `events.${index}`, message: `events.${index} must be one of ${[...this.known].join(', ')}.` }],
    );
    if (errors.length > 0) throw ValidationError.of(errors);
  }
}
