import type { UserId } from '../domain/Id';
import type { LoggedEvent } from './EventBus';

/** Tells people of an event on all connections they have. */
export interface PersonalMessages {
  /** @param message what the event is called there */
  tell(people: readonly UserId[], message: string, event: LoggedEvent): void;
}
