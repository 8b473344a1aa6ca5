/** What other modules may use of notifications: `notify`, and the kinds that are there for them. */
export type { Notice, Notifications } from './application/Notifications';
export { assigned, commented, dueSoon, mentioned } from './domain/kinds';
