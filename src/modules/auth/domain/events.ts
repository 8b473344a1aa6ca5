import { defineEvent } from '../../../core/domain/DomainEvent';
import type { SessionId, UserId } from '../../../core/domain/Id';

export const signedIn = defineEvent<{ userId: UserId; sessionId: SessionId }>('auth.signed-in');
export const signInFailed = defineEvent<{ userId: UserId | null; reason: string }>('auth.sign-in-failed');
export const mfaEnabled = defineEvent<{ userId: UserId }>('auth.mfa-enabled');
export const mfaDisabled = defineEvent<{ userId: UserId }>('auth.mfa-disabled');
export const recoveryCodeUsed = defineEvent<{ userId: UserId; left: number }>('auth.recovery-code-used');
export const sessionEnded = defineEvent<{
  userId: UserId;
  sessionId: SessionId;
  reason: 'signed-out' | 'token-reused';
}>('auth.session-ended');
export const verificationRequested = defineEvent<{ userId: UserId; verificationId: string }>(
  'auth.verification-requested',
);
