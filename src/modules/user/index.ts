/** What other modules may use of accounts. */
export type { UserQueries, UserView } from './application/UserQueries';
export { EmailAddress } from './domain/EmailAddress';
export { PersonName } from './domain/PersonName';
export { User } from './domain/User';
export type { UserRepository } from './domain/UserRepository';
export { emailInput, personNameInput, userView } from './presentation/schemas';
