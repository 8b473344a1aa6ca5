import type { Clock } from '../../../core/application/Clock';
import type { EventBus } from '../../../core/application/EventBus';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { UserId } from '../../../core/domain/Id';
import { UnauthorizedError } from '../../../core/errors/UnauthorizedError';
import type { UserRepository } from '../../user';
import type { CredentialRepository } from '../domain/CredentialRepository';
import { passwordRefused } from '../domain/events';
import type { PasswordHasher } from './PasswordHasher';

/** Asks a person who is signed in for the password again, before something that a stolen session must not do. */
export class ProvePassword {
  constructor(
    private readonly users: UserRepository,
    private readonly credentials: CredentialRepository,
    private readonly passwordHasher: PasswordHasher,
    private readonly eventBus: EventBus,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the hash that it matches, for `confirm`
   * @throws UnauthorizedError `INVALID_CREDENTIALS`
   */
  async execute({ userId, sessionId }: UserActor, password: string): Promise<string> {
    const hash = await this.credentials.find(userId);
    if (hash && (await this.passwordHasher.matches(password, hash))) return hash;
    const refused = passwordRefused({ actorId: userId, at: this.clock.now() }, { userId, sessionId });
    await this.unitOfWork.run({}, () => this.eventBus.publish([refused]));
    throw wrongPassword();
  }

  /**
   * Inside the open unit of work, before all else: holds the person, so that what was proven before is true until its
   * end. Otherwise somebody who knew the old password could get in between a reset and its effect.
   * @throws UnauthorizedError `INVALID_CREDENTIALS`
   */
  async confirm(userId: UserId, passwordHash: string): Promise<void> {
    await this.users.hold(userId);
    if (!(await this.credentials.holdCurrent(userId, passwordHash))) throw wrongPassword();
  }
}

function wrongPassword(): UnauthorizedError {
  return new UnauthorizedError('INVALID_CREDENTIALS', 'The password is not right.');
}
