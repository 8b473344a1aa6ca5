import type { UserId } from '../domain/Id';
import type { LoggedEvent } from './EventBus';

/**
 * Tells people of an event on all connections they have to this node. Whoever follows the `EventFeed` does so on every
 * node; what is told elsewhere reaches this one alone.
 */
export interface PersonalMessages {
  /** @param message what the event is called there */
  tell(people: readonly UserId[], message: string, event: LoggedEvent): void;
}
