/** What other modules may use of entity names. */
export type { EntityNameQueries } from './application/EntityNameQueries';
export { entityNameCreated, entityNameDeleted, entityNameUpdated } from './domain/events';
