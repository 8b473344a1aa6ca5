/** What other modules may use of authentication; everything else is asked through core's `Authenticator`. */
export type { CredentialRepository } from './domain/CredentialRepository';
