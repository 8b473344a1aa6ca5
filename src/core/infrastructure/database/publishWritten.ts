import type { EventBus } from '../../application/EventBus';
import type { AggregateRoot } from '../../domain/AggregateRoot';
import { ConflictError } from '../../errors/ConflictError';

/**
 * Publishes what happened to an aggregate, now that a statement has written it.
 * @param rows what the statement returned: the one row that it inserted, changed or deleted, in the version that was read
 * @throws ConflictError when there is none: somebody else changed or deleted it in the meantime
 */
export async function publishWritten(
  eventBus: EventBus,
  aggregate: Pick<AggregateRoot<object>, 'releaseEvents'>,
  rows: readonly object[],
): Promise<void> {
  if (rows.length !== 1) throw ConflictError.stale();
  await eventBus.publish(aggregate.releaseEvents());
}
