import { NotFoundError } from '../../../core/errors/NotFoundError';

/** How long what was deleted can be brought back, in milliseconds: 30 days. */
export const RESTORABLE_MS = 30 * 24 * 60 * 60 * 1000;

/** Until when something that is deleted now can be brought back, as events tell it. */
export const restorableUntil = (now: Date): string => new Date(now.getTime() + RESTORABLE_MS).toISOString();

/** @throws NotFoundError after 30 days, whether or not it is purged yet */
export function assertRestorable(deletedAt: Date, now: Date): void {
  if (now.getTime() >= deletedAt.getTime() + RESTORABLE_MS) throw new NotFoundError();
}
