import { defineEvent } from '../../../core/domain/DomainEvent';
import type { UserId } from '../../../core/domain/Id';

export const userRegistered = defineEvent<{ userId: UserId }>('user.registered');
export const emailVerified = defineEvent<{ userId: UserId }>('user.email-verified');
export const madePlatformAdmin = defineEvent<{ userId: UserId }>('user.made-platform-admin');
export const profileChanged = defineEvent<{ userId: UserId; changed: readonly string[] }>('user.profile-changed');
