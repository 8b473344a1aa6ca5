import type { Clock } from '../../../core/application/Clock';
import type { ClientInfo } from '../../../core/application/RequestContext';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { newId, type UserId } from '../../../core/domain/Id';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import { TooManyRequestsError } from '../../../core/errors/TooManyRequestsError';
import { UnauthorizedError } from '../../../core/errors/UnauthorizedError';
import type { EmailAddress, UserRepository } from '../../user';
import type { CredentialRepository } from '../domain/CredentialRepository';
import type { LoginGuard, SignInAttempt } from './LoginGuard';
import type { PasswordHasher } from './PasswordHasher';
import type { MfaRequired, SignedIn, SignIn } from './SignIn';

interface Credentials {
  readonly email: EmailAddress;
  readonly password: string;
}

type Outcome = SignedIn | MfaRequired | 'wrong' | 'replaced';

export class Login {
  constructor(
    private readonly users: UserRepository,
    private readonly credentials: CredentialRepository,
    private readonly passwordHasher: PasswordHasher,
    private readonly loginGuard: LoginGuard,
    private readonly signIn: SignIn,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws UnauthorizedError `INVALID_CREDENTIALS`, ForbiddenError `ACCOUNT_INACTIVE`, `ACCOUNT_BANNED`,
   * TooManyRequestsError `ACCOUNT_LOCKED`, UnavailableError when more passwords wait than can be compared soon
   */
  async execute({ email, password }: Credentials, client: ClientInfo): Promise<SignedIn | MfaRequired> {
    // Asked first, so that a flood beyond what can be hashed costs the database nothing.
    this.passwordHasher.assertRoom();
    const { attempt, hash } = await this.unitOfWork.run({}, () => this.begin(email, client));
    if (attempt instanceof TooManyRequestsError) throw attempt;
    const outcome = await this.evaluate(attempt, password, hash, client).catch((error) => this.undo(attempt, error));
    // A password that was replaced while it was compared opens nothing: the new one ended what the old one had opened.
    if (outcome === 'replaced') return this.execute({ email, password }, client);
    if (outcome !== 'wrong') return outcome;
    await this.unitOfWork.run({}, () => this.loginGuard.fail(attempt, 'wrong credentials'));
    throw new UnauthorizedError('INVALID_CREDENTIALS', 'The e-mail address and the password do not belong together.');
  }

  /** For an unknown address the same is asked as for a known one, about nobody, so that it takes as long. */
  private async begin(
    email: EmailAddress,
    client: ClientInfo,
  ): Promise<{ attempt: SignInAttempt | TooManyRequestsError; hash: string | null }> {
    const user = await this.users.findByEmail(email);
    const userId = user?.state.id ?? null;
    const hash = await this.credentials.find(userId ?? newId<UserId>());
    return { attempt: await this.loginGuard.begin(email, userId, client), hash };
  }

  private async evaluate(
    attempt: SignInAttempt,
    password: string,
    hash: string | null,
    client: ClientInfo,
  ): Promise<Outcome> {
    const { userId } = attempt;
    const matches = await this.passwordHasher.matches(password, hash);
    if (!userId || !hash || !matches) return 'wrong';
    const newHash = this.passwordHasher.isOutdated(hash) ? await this.passwordHasher.hash(password) : null;
    return this.unitOfWork.run({ userId }, async () => {
      const user = await this.users.hold(userId);
      if (!(await this.credentials.holdCurrent(userId, hash))) {
        await this.loginGuard.giveBack(attempt);
        return 'replaced';
      }
      user.assertMaySignIn();
      if (newHash) await this.credentials.save(userId, newHash, this.clock.now());
      const outcome = await this.signIn.proceed(userId, client);
      // Half a sign-in clears nothing, or who has the password could guess codes without end.
      if ('mfaRequired' in outcome) await this.loginGuard.giveBack(attempt);
      else await this.loginGuard.forget(attempt.email);
      return outcome;
    });
  }

  /** What went wrong after the guess, or kept it from being looked at, was no failure of the guess. */
  private async undo(attempt: SignInAttempt, error: unknown): Promise<never> {
    await this.unitOfWork.run({}, async () => {
      if (error instanceof ForbiddenError) await this.loginGuard.refuse(attempt.userId, 'account suspended');
      await this.loginGuard.giveBack(attempt);
    });
    throw error;
  }
}
