import type { Clock } from '../../../core/application/Clock';
import type { ClientInfo } from '../../../core/application/RequestContext';
import { newId, type UserId } from '../../../core/domain/Id';
import { newOpaqueToken, tokenHash } from '../../../core/domain/opaqueToken';
import { MfaChallenge } from '../domain/MfaChallenge';
import type { MfaChallengeRepository } from '../domain/MfaChallengeRepository';
import type { TotpRepository } from '../domain/TotpRepository';
import type { Sessions, TokenPair } from './Sessions';

/** A session, with its first tokens. */
export type SignedIn = TokenPair & { readonly userId: UserId };

/** The first factor was right; no session exists before the second one is. */
export interface MfaRequired {
  readonly mfaRequired: true;
  readonly mfaToken: string;
}

/** What follows a first factor, whichever it was: a session, or the question for the second factor. */
export class SignIn {
  constructor(
    private readonly totps: TotpRepository,
    private readonly mfaChallenges: MfaChallengeRepository,
    private readonly signInSessions: Sessions,
    private readonly clock: Clock,
  ) {}

  /** Inside the open unit of work. */
  async proceed(userId: UserId, client: ClientInfo): Promise<SignedIn | MfaRequired> {
    const totp = await this.totps.find(userId);
    if (!totp?.isConfirmed) return { userId, ...(await this.signInSessions.start(userId, client)) };
    const mfaToken = newOpaqueToken();
    const challenge = MfaChallenge.issue({ id: newId(), tokenHash: tokenHash(mfaToken), userId }, this.clock.now());
    await this.mfaChallenges.save(challenge);
    return { mfaRequired: true, mfaToken };
  }
}
