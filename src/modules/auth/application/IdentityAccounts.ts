import type { Clock } from '../../../core/application/Clock';
import { newId, type UserId } from '../../../core/domain/Id';
import { AppError } from '../../../core/errors/AppError';
import { ConflictError } from '../../../core/errors/ConflictError';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import { EmailAddress, PersonName, User, type UserRepository } from '../../user';
import { Identity } from '../domain/Identity';
import type { IdentityRepository } from '../domain/IdentityRepository';
import type { ProvenIdentity } from './IdentityProviders';

const LONGEST_NAME = 100;

/**
 * The accounts of people who sign in at identity providers. An identity that is known names its account; a new one is
 * linked by its e-mail address, and only if both sides have verified that.
 */
export class IdentityAccounts {
  constructor(
    private readonly identities: IdentityRepository,
    private readonly users: UserRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Whose account it is, which may be a new one, or one that may not sign in; held, inside the open unit of work.
   * @throws ForbiddenError `EMAIL_NOT_VERIFIED`, ConflictError when the same person arrived twice at once, or the account
   * was closed just now: trying again tells
   */
  async of(identity: ProvenIdentity): Promise<User> {
    const owner = await this.identities.ownerOf(identity.issuer, identity.subject);
    if (owner) return this.hold(owner);
    const email = verifiedAddress(identity);
    const known = await this.users.findByEmail(email);
    return known ? this.link(identity, known) : this.open(identity, email);
  }

  private async hold(userId: UserId): Promise<User> {
    const user = await this.users.hold(userId);
    if (user.isClosed) throw ConflictError.stale();
    return user;
  }

  private async link(identity: ProvenIdentity, known: User): Promise<User> {
    const user = await this.hold(known.state.id);
    // Whoever opened the account may not own the mailbox; they would share it with its owner.
    if (!user.state.emailVerifiedAt)
      throw notVerified('An account with this address exists, which was never verified.');
    if (user.state.status === 'active') await this.add(identity, user);
    return user;
  }

  private async open(identity: ProvenIdentity, email: EmailAddress): Promise<User> {
    const now = this.clock.now();
    const user = User.register({ id: newId<UserId>(), email, name: nameOf(identity, email) }, now);
    user.verifyEmail(now);
    await this.users.save(user);
    await this.add(identity, user);
    return user;
  }

  private add({ issuer, subject }: ProvenIdentity, { state: { id: userId } }: User): Promise<void> {
    return this.identities.add(Identity.link({ issuer, subject, userId }, this.clock.now()));
  }
}

function notVerified(why: string): ForbiddenError {
  return new ForbiddenError('EMAIL_NOT_VERIFIED', why);
}

function verifiedAddress({ email, emailVerified }: ProvenIdentity): EmailAddress {
  try {
    if (email !== null && emailVerified) return EmailAddress(email);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  throw notVerified('The provider vouches for no e-mail address that an account could have.');
}

/** What the provider calls the person, as far as it can be a name; else what stands before the `@`. */
function nameOf({ name }: ProvenIdentity, email: EmailAddress): PersonName {
  const visible = (name ?? '')
    .replaceAll(/\p{Cc}/gu, ' ')
    .normalize('NFC')
    .trim();
  const [local = ''] = email.split('@');
  return PersonName((visible || local).slice(0, LONGEST_NAME));
}
