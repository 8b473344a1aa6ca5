/** What other modules may use of notifications: `notify` and `withdraw`; kinds they contribute themselves. */
export type { Notice, Notifications } from './application/Notifications';
