import { defineEvent } from '../../../core/domain/DomainEvent';
import type { SessionId, UserId } from '../../../core/domain/Id';

export const signedIn = defineEvent<{ userId: UserId; sessionId: SessionId }>('auth.signed-in');
export const signInFailed = defineEvent<{ userId: UserId | null; reason: string }>('auth.sign-in-failed');
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
