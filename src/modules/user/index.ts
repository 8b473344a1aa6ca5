/** What other modules may use of accounts. */
export type { DropAvatar } from './application/DropAvatar';
export type { UserQueries, UserView } from './application/UserQueries';
export { closedAddress, EmailAddress } from './domain/EmailAddress';
export { accountClosed, emailVerified } from './domain/events';
export { PersonName } from './domain/PersonName';
export { Timezone } from './domain/Timezone';
export { User } from './domain/User';
export type { UserRepository } from './domain/UserRepository';
export { assertActive, type UserStatus } from './domain/UserStatus';
export {
  accountListQuery,
  emailInput,
  localeInput,
  memberListQuery,
  memberView,
  personNameInput,
  statusChangeInput,
  timezoneInput,
  userView,
} from './presentation/schemas';
