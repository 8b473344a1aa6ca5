import type { Clock } from '../../../core/application/Clock';
import type { EventBus } from '../../../core/application/EventBus';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserId } from '../../../core/domain/Id';
import { tokenHash } from '../../../core/domain/opaqueToken';
import { UnauthorizedError } from '../../../core/errors/UnauthorizedError';
import type { UserRepository } from '../../user';
import { signInFailed } from '../domain/events';
import type { MfaChallengeRepository } from '../domain/MfaChallengeRepository';
import { recoveryCodeHash } from '../domain/RecoveryCode';
import type { TotpRepository } from '../domain/TotpRepository';
import type { Client, Sessions } from './Sessions';
import type { SignedIn } from './SignIn';
import type { TotpCodes } from './TotpCodes';

/** Completes a sign-in with the second factor: a code of the app, or a recovery code, each of them once. */
export class AnswerMfaChallenge {
  constructor(
    private readonly mfaChallenges: MfaChallengeRepository,
    private readonly totps: TotpRepository,
    private readonly totpCodes: TotpCodes,
    private readonly users: UserRepository,
    private readonly signInSessions: Sessions,
    private readonly eventBus: EventBus,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws UnauthorizedError `MFA_INVALID`, ForbiddenError `ACCOUNT_INACTIVE`, `ACCOUNT_BANNED` */
  async execute({ mfaToken, code }: { mfaToken: string; code: string }, client: Client): Promise<SignedIn> {
    const signedIn = await this.unitOfWork.run({}, () => this.answer(mfaToken, code, client));
    // Thrown only now, because the failure has to be committed.
    if (!signedIn) throw new UnauthorizedError('MFA_INVALID', 'The code is wrong, or the sign-in has expired.');
    return signedIn;
  }

  private async answer(mfaToken: string, code: string, client: Client): Promise<SignedIn | null> {
    const now = this.clock.now();
    const challenge = await this.mfaChallenges.findByToken(tokenHash(mfaToken));
    if (!challenge?.isOpen(now)) return null;
    const { userId } = challenge.state;
    if (!(await this.accepts(userId, code, now))) {
      challenge.fail();
      await this.mfaChallenges.save(challenge);
      await this.eventBus.publish([signInFailed({ actorId: userId, at: now }, { userId, reason: 'wrong code' })]);
      return null;
    }
    (await this.users.get(userId)).assertMaySignIn();
    await this.mfaChallenges.remove(challenge);
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
