/** What other modules may use of notifications: `notify`; kinds they contribute themselves. */
export type { Notice, Notifications } from './application/Notifications';
