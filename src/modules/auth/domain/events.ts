import { defineEvent } from '../../../core/domain/DomainEvent';
import type { SessionId, UserId } from '../../../core/domain/Id';
import type { ApiKeyId } from './ApiKeyId';

export const signedIn = defineEvent<{ userId: UserId; sessionId: SessionId }>('auth.signed-in');
/** The first factor was right, and no session exists before the second one is. */
export const mfaRequired = defineEvent<{ userId: UserId }>('auth.mfa-required');
export type SignInFailure =
  | 'wrong credentials'
  | 'wrong code'
  | 'sign-in expired'
  | 'account locked'
  | 'account suspended'
  | 'cancelled at the provider'
  | 'address not verified';
/** `userId` is null where no account has the address that was tried. */
export const signInFailed = defineEvent<{ userId: UserId | null; reason: SignInFailure }>('auth.sign-in-failed');
/** Whoever uses this session was asked for the password again, and did not know it. */
export const passwordRefused = defineEvent<{ userId: UserId; sessionId: SessionId }>('auth.password-refused');
/** There are new tokens for it; not when the same ones were given once more. */
export const sessionRefreshed = defineEvent<{ userId: UserId; sessionId: SessionId }>('auth.session-refreshed');
export const mfaEnabled = defineEvent<{ userId: UserId }>('auth.mfa-enabled');
export const mfaDisabled = defineEvent<{ userId: UserId }>('auth.mfa-disabled');
export const recoveryCodeUsed = defineEvent<{ userId: UserId; left: number }>('auth.recovery-code-used');
export const accountLocked = defineEvent<{ userId: UserId | null }>('auth.account-locked');
export type SessionEnd =
  | 'signed-out'
  | 'signed-out-everywhere'
  | 'revoked'
  | 'token-reused'
  | 'password-changed'
  | 'account-closed'
  | 'account-suspended';
export const sessionEnded = defineEvent<{ userId: UserId; sessionId: SessionId; reason: SessionEnd }>(
  'auth.session-ended',
);
export const passwordChanged = defineEvent<{ userId: UserId; how: 'changed' | 'reset' }>('auth.password-changed');
export const verificationRequested = defineEvent<{ userId: UserId; linkId: string }>('auth.verification-requested');
export const passwordResetRequested = defineEvent<{ userId: UserId; linkId: string }>('auth.password-reset-requested');
export const apiKeyCreated = defineEvent<{ apiKeyId: ApiKeyId; name: string; role: string }>('auth.api-key-created');
export const apiKeyRevoked = defineEvent<{ apiKeyId: ApiKeyId; name: string }>('auth.api-key-revoked');
/** From now on the person can sign in by an account at a provider. */
export const identityLinked = defineEvent<{ userId: UserId; issuer: string }>('auth.identity-linked');
