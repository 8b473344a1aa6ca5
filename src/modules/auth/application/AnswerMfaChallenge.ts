import type { Clock } from '../../../core/application/Clock';
import type { ClientInfo } from '../../../core/application/RequestContext';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserId } from '../../../core/domain/Id';
import { tokenHash } from '../../../core/domain/opaqueToken';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import { TooManyRequestsError } from '../../../core/errors/TooManyRequestsError';
import { UnauthorizedError } from '../../../core/errors/UnauthorizedError';
import type { UserRepository } from '../../user';
import type { MfaChallengeRepository } from '../domain/MfaChallengeRepository';
import { recoveryCodeHash } from '../domain/RecoveryCode';
import type { TotpRepository } from '../domain/TotpRepository';
import type { LoginGuard } from './LoginGuard';
import type { Sessions } from './Sessions';
import type { SignedIn } from './SignIn';
import type { TotpCodes } from './TotpCodes';

interface Answer {
  readonly mfaToken: string;
  readonly code: string;
}

/** Completes a sign-in with the second factor: a code of the app, or a recovery code, each of them once. */
export class AnswerMfaChallenge {
  constructor(
    private readonly mfaChallenges: MfaChallengeRepository,
    private readonly totps: TotpRepository,
    private readonly totpCodes: TotpCodes,
    private readonly users: UserRepository,
    private readonly loginGuard: LoginGuard,
    private readonly signInSessions: Sessions,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws UnauthorizedError `MFA_INVALID`, ForbiddenError `ACCOUNT_INACTIVE`, `ACCOUNT_BANNED`,
   * TooManyRequestsError `ACCOUNT_LOCKED`
   */
  async execute({ mfaToken, code }: Answer, client: ClientInfo): Promise<SignedIn> {
    const hash = tokenHash(mfaToken);
    const userId = await this.unitOfWork.run({}, () => this.mfaChallenges.userOf(hash));
    const outcome = userId && (await this.answer(userId, hash, code, client));
    // Thrown only now, because the failure has to be committed.
    if (outcome instanceof TooManyRequestsError) throw outcome;
    if (!outcome) throw new UnauthorizedError('MFA_INVALID', 'The code is wrong, or the sign-in has expired.');
    return outcome;
  }

  private async answer(
    userId: UserId,
    hash: string,
    code: string,
    client: ClientInfo,
  ): Promise<SignedIn | TooManyRequestsError | null> {
    try {
      return await this.unitOfWork.run({}, () => this.evaluate(userId, hash, code, client));
    } catch (error) {
      if (error instanceof ForbiddenError) {
        await this.unitOfWork.run({}, () => this.loginGuard.refuse(userId, 'account suspended'));
      }
      throw error;
    }
  }

  private async evaluate(
    userId: UserId,
    hash: string,
    code: string,
    client: ClientInfo,
  ): Promise<SignedIn | TooManyRequestsError | null> {
    const now = this.clock.now();
    const user = await this.users.hold(userId);
    const challenge = await this.mfaChallenges.findByToken(hash);
    if (!challenge?.isOpen(now)) {
      await this.loginGuard.refuse(userId, 'sign-in expired');
      return null;
    }
    const { email } = user.state;
    const attempt = await this.loginGuard.begin(email, userId, client);
    if (attempt instanceof TooManyRequestsError) return attempt;
    if (!(await this.accepts(userId, code, now))) {
      challenge.fail();
      await this.mfaChallenges.save(challenge);
      await this.loginGuard.fail(attempt, 'wrong code');
      return null;
    }
    user.assertMaySignIn();
    await this.mfaChallenges.remove(challenge);
    await this.loginGuard.forget(email);
    return { userId, ...(await this.signInSessions.start(userId, client)) };
  }

  private async accepts(userId: UserId, code: string, now: Date): Promise<boolean> {
    const totp = await this.totps.find(userId);
    if (!totp?.isConfirmed) return false;
    const step = await this.totpCodes.stepOf(totp.state.secret, code);
    const accepted = step === null ? totp.useRecoveryCode(recoveryCodeHash(code), now) : totp.useStep(step);
    if (accepted) await this.totps.save(totp);
    return accepted;
  }
}
