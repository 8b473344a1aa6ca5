import type { Clock } from '../../../core/application/Clock';
import type { EventBus } from '../../../core/application/EventBus';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { UnauthorizedError } from '../../../core/errors/UnauthorizedError';
import type { EmailAddress, User, UserRepository } from '../../user';
import type { CredentialRepository } from '../domain/CredentialRepository';
import { accountLocked, signInFailed } from '../domain/events';
import type { LoginGuard } from './LoginGuard';
import type { PasswordHasher } from './PasswordHasher';
import type { Client } from './Sessions';
import type { MfaRequired, SignedIn, SignIn } from './SignIn';

interface Credentials {
  readonly email: EmailAddress;
  readonly password: string;
}

export class Login {
  constructor(
    private readonly users: UserRepository,
    private readonly credentials: CredentialRepository,
    private readonly passwordHasher: PasswordHasher,
    private readonly loginGuard: LoginGuard,
    private readonly signIn: SignIn,
    private readonly eventBus: EventBus,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws UnauthorizedError `INVALID_CREDENTIALS`, ForbiddenError `ACCOUNT_INACTIVE`, `ACCOUNT_BANNED`,
   * TooManyRequestsError `ACCOUNT_LOCKED`
   */
  async execute({ email, password }: Credentials, client: Client): Promise<SignedIn | MfaRequired> {
    const { user, hash } = await this.unitOfWork.run({}, () => this.lookUp(email, client));
    const matches = await this.passwordHasher.matches(password, hash);
    if (!user || !hash || !matches) {
      await this.recordFailure(email, user);
      throw new UnauthorizedError('INVALID_CREDENTIALS', 'The e-mail address and the password do not belong together.');
    }
    user.assertMaySignIn();
    const { id: userId } = user.state;
    const newHash = this.passwordHasher.isOutdated(hash) ? await this.passwordHasher.hash(password) : null;
    const outcome = await this.unitOfWork.run({ userId }, async () => {
      if (!(await this.credentials.holdCurrent(userId, hash))) return null;
      await this.loginGuard.recordSuccess(email);
      if (newHash) await this.credentials.save(userId, newHash, this.clock.now());
      return this.signIn.proceed(userId, client);
    });
    // A password that was replaced while it was compared opens nothing: the new one ended what the old one had opened.
    return outcome ?? this.execute({ email, password }, client);
  }

  private async lookUp(email: EmailAddress, client: Client): Promise<{ user: User | null; hash: string | null }> {
    const user = await this.users.findByEmail(email);
    await this.loginGuard.assertMayTry(email, user?.state.id ?? null, client);
    return { user, hash: user && (await this.credentials.find(user.state.id)) };
  }

  private recordFailure(email: EmailAddress, user: User | null): Promise<void> {
    const userId = user?.state.id ?? null;
    const context = { actorId: userId, at: this.clock.now() };
    return this.unitOfWork.run({}, async () => {
      const locked = await this.loginGuard.recordFailure(email);
      await this.eventBus.publish([
        signInFailed(context, { userId, reason: 'wrong credentials' }),
        ...(locked ? [accountLocked(context, { userId })] : []),
      ]);
    });
  }
}
