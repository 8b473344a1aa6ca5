import type { AccessChanges } from '../../../core/application/AccessChanges';
import type { Clock } from '../../../core/application/Clock';
import type { MailedTokens } from '../../../core/application/MailedTokens';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserId } from '../../../core/domain/Id';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { UserRepository } from '../../user';
import type { MailedLinkRepository } from '../domain/MailedLinkRepository';
import type { Password } from '../domain/Password';
import type { EndSecondFactor } from './EndSecondFactor';
import type { PasswordHasher } from './PasswordHasher';
import type { PasswordPolicy } from './PasswordPolicy';
import type { SetPassword } from './SetPassword';

/** A new password for whoever owns the mailbox, which this proves; whoever was signed in before is no longer. */
export class ResetPassword {
  constructor(
    private readonly mailedLinks: MailedLinkRepository,
    private readonly users: UserRepository,
    private readonly endSecondFactor: EndSecondFactor,
    private readonly passwordPolicy: PasswordPolicy,
    private readonly passwordHasher: PasswordHasher,
    private readonly setPassword: SetPassword,
    private readonly mailedTokens: MailedTokens,
    private readonly accessChanges: AccessChanges,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ValidationError `INVALID_TOKEN`, and what the password policy refuses, which leaves the token usable */
  async execute({ token, password }: { token: string; password: Password }): Promise<void> {
    const tokenHash = this.mailedTokens.hash(token);
    const userId = await this.unitOfWork.run({}, () => this.lookUp(tokenHash, password));
    const passwordHash = await this.passwordHasher.hash(password);
    await this.unitOfWork.run({}, async () => {
      const now = this.clock.now();
      const user = await this.users.hold(userId);
      if (!(await this.mailedLinks.consume('password-reset', tokenHash, now))) throw ValidationError.token();
      // Whoever opened the account may not have owned the mailbox: their second factor must not shut its owner out.
      if (!user.state.emailVerifiedAt) await this.endSecondFactor.of(userId);
      user.verifyEmail(now);
      await this.users.save(user);
      await this.setPassword.of(userId, passwordHash, 'reset');
      await this.accessChanges.announce({ userId });
    });
  }

  /** Before anything is hashed, which is dear: without a token that is open, nobody can make the server work. */
  private async lookUp(tokenHash: string, password: Password): Promise<UserId> {
    const userId = await this.mailedLinks.find('password-reset', tokenHash, this.clock.now());
    if (!userId) throw ValidationError.token();
    const { state } = await this.users.get(userId);
    this.passwordPolicy.assertAcceptable(password, state, 'password');
    return userId;
  }
}
