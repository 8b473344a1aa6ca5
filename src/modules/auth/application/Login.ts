import type { Clock } from '../../../core/application/Clock';
import type { EventBus } from '../../../core/application/EventBus';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { UnauthorizedError } from '../../../core/errors/UnauthorizedError';
import type { EmailAddress, User, UserRepository } from '../../user';
import type { CredentialRepository } from '../domain/CredentialRepository';
import { signInFailed } from '../domain/events';
import type { PasswordHasher } from './PasswordHasher';
import type { Client } from './Sessions';
import type { MfaRequired, SignedIn, SignIn } from './SignIn';

export class Login {
  constructor(
    private readonly users: UserRepository,
    private readonly credentials: CredentialRepository,
    private readonly passwordHasher: PasswordHasher,
    private readonly signIn: SignIn,
    private readonly eventBus: EventBus,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws UnauthorizedError `INVALID_CREDENTIALS`, ForbiddenError `ACCOUNT_INACTIVE`, `ACCOUNT_BANNED` */
  async execute(
    { email, password }: { email: EmailAddress; password: string },
    client: Client,
  ): Promise<SignedIn | MfaRequired> {
    const user = await this.users.findByEmail(email);
    const hash = user && (await this.credentials.find(user.state.id));
    const matches = await this.passwordHasher.matches(password, hash);
    if (!user || !matches) {
      await this.recordFailure(user, 'wrong credentials');
      throw new UnauthorizedError('INVALID_CREDENTIALS', 'The e-mail address and the password do not belong together.');
    }
    user.assertMaySignIn();
    const { id: userId } = user.state;
    return this.unitOfWork.run({ userId }, () => this.signIn.proceed(userId, client));
  }

  private recordFailure(user: User | null, reason: string): Promise<void> {
    const userId = user?.state.id ?? null;
    return this.unitOfWork.run({}, () =>
      this.eventBus.publish([signInFailed({ actorId: userId, at: this.clock.now() }, { userId, reason })]),
    );
  }
}
