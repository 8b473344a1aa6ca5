import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { UserId } from '../../../core/domain/Id';
import { UnauthorizedError } from '../../../core/errors/UnauthorizedError';
import { closedAddress, isClosedAddress, type EmailAddress } from './EmailAddress';
import {
  accountClosed,
  emailVerified,
  madePlatformAdmin,
  profileChanged,
  userRegistered,
  userStatusChanged,
} from './events';
import { PersonName } from './PersonName';
import { Timezone } from './Timezone';
import { assertActive, type UserStatus } from './UserStatus';

export interface Profile {
  readonly name: PersonName;
  readonly bio: string | null;
  readonly timezone: Timezone;
  /** BCP 47 language tag. */
  readonly locale: string;
}

export interface UserState extends Profile {
  readonly id: UserId;
  readonly email: EmailAddress;
  readonly status: UserStatus;
  readonly emailVerifiedAt: Date | null;
  /** Whether the person administers the platform itself, across workspaces. */
  readonly platformAdmin: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A person with an account, whatever the workspaces they are in. */
export class User extends AggregateRoot<UserState> {
  static register({ id, email, name }: { id: UserId; email: EmailAddress; name: PersonName }, now: Date): User {
    const user = new User(
      {
        id,
        email,
        name,
        bio: null,
        timezone: Timezone('UTC'),
        locale: 'en',
        status: 'active',
        emailVerifiedAt: null,
        platformAdmin: false,
        createdAt: now,
        updatedAt: now,
      },
      0,
    );
    user.record(userRegistered({ actorId: id, at: now }, { userId: id }));
    return user;
  }

  static restore(state: UserState, version: number): User {
    return new User(state, version);
  }

  /** Whether the person has closed the account, for good. */
  get isClosed(): boolean {
    return isClosedAddress(this.state.email);
  }

  /**
   * For what was asked while the account was open, and comes to it only now.
   * @throws UnauthorizedError `SESSION_REVOKED`, because closing it ended all sessions
   */
  assertNotClosed(): void {
    if (this.isClosed) throw new UnauthorizedError('SESSION_REVOKED', 'The account was closed.');
  }

  /** @throws ForbiddenError when the account is inactive or banned. */
  assertMaySignIn(): void {
    assertActive(this.state.status);
  }

  /** The person has shown that the mailbox is theirs; showing it again changes nothing. */
  verifyEmail(now: Date): void {
    if (this.state.emailVerifiedAt) return;
    this.change({ emailVerifiedAt: now, updatedAt: now });
    this.record(emailVerified({ actorId: this.state.id, at: now }, { userId: this.state.id }));
  }

  /** Done by whoever operates the platform, not by an account; doing it again changes nothing. */
  makePlatformAdmin(now: Date): void {
    if (this.state.platformAdmin) return;
    this.change({ platformAdmin: true, updatedAt: now });
    this.record(madePlatformAdmin({ at: now }, { userId: this.state.id }));
  }

  /** Of the account as a whole, by a platform admin; what it is already changes nothing. */
  changeStatus({ to, by, reason }: { to: UserStatus; by: UserId; reason: string | null }, now: Date): void {
    const { id, status: from } = this.state;
    if (to === from) return;
    this.change({ status: to, updatedAt: now });
    this.record(userStatusChanged({ actorId: by, at: now }, { userId: id, from, to, reason }));
  }

  /**
   * Ends the account for good. The row stays, because what the person did refers to it, but it tells nothing about them;
   * the address is free to be registered again.
   */
  close(now: Date): void {
    const { id } = this.state;
    this.change({
      email: closedAddress(id),
      name: PersonName('Deleted user'),
      bio: null,
      timezone: Timezone('UTC'),
      locale: 'en',
      status: 'inactive',
      emailVerifiedAt: null,
      platformAdmin: false,
      updatedAt: now,
    });
    this.record(accountClosed({ actorId: id, at: now }, { userId: id }));
  }

  /** There is another picture of the person, or none any more. */
  changeAvatar(now: Date): void {
    const { id } = this.state;
    this.change({ updatedAt: now });
    this.record(profileChanged({ actorId: id, at: now }, { userId: id, changed: ['avatar'] }));
  }

  changeProfile(changes: Partial<Profile>, now: Date): void {
    const changed = (Object.keys(changes) as (keyof Profile)[]).filter((key) => changes[key] !== this.state[key]);
    if (changed.length === 0) return;
    this.change({ ...changes, updatedAt: now });
    this.record(profileChanged({ actorId: this.state.id, at: now }, { userId: this.state.id, changed }));
  }
}
