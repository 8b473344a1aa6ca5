import { defineEvent } from '../../../core/domain/DomainEvent';
import type { SessionId, UserId } from '../../../core/domain/Id';

export const signedIn = defineEvent<{ userId: UserId; sessionId: SessionId }>('auth.signed-in');
export const signInFailed = defineEvent<{ userId: UserId | null; reason: string }>('auth.sign-in-failed');
export const sessionEnded = defineEvent<{
  userId: UserId;
  sessionId: SessionId;
  reason: 'signed-out' | 'token-reused';
}>('auth.session-ended');
export const verificationRequested = defineEvent<{ userId: UserId; verificationId: string }>(
  'auth.verification-requested',
);
