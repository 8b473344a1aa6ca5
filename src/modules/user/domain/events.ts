import { defineEvent } from '../../../core/domain/DomainEvent';
import type { UserId } from '../../../core/domain/Id';
import type { UserStatus } from './UserStatus';

export const userRegistered = defineEvent<{ userId: UserId }>('user.registered');
export const emailVerified = defineEvent<{ userId: UserId }>('user.email-verified');
export const madePlatformAdmin = defineEvent<{ userId: UserId }>('user.made-platform-admin');
export const userStatusChanged = defineEvent<{
  userId: UserId;
  from: UserStatus;
  to: UserStatus;
  reason: string | null;
}>('user.status-changed');
export const accountClosed = defineEvent<{ userId: UserId }>('user.account-closed');
export const profileChanged = defineEvent<{ userId: UserId; changed: readonly string[] }>('user.profile-changed');
