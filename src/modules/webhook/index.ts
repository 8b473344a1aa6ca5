/** What other modules may use of webhooks. */
export { webhookDisabled } from './domain/events';
