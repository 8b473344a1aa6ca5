import type { Clock } from '../../../core/application/Clock';
import type { ClientInfo } from '../../../core/application/RequestContext';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { ConflictError } from '../../../core/errors/ConflictError';
import { ForbiddenError } from '../../../core/errors/ForbiddenError';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { SignInFailure } from '../domain/events';
import type { ReturnPath } from '../domain/ReturnPath';
import type { IdentityAccounts } from './IdentityAccounts';
import type { IdentityProviders, ProvenIdentity } from './IdentityProviders';
import type { LoginGuard } from './LoginGuard';
import type { MfaRequired, SignedIn, SignIn } from './SignIn';
import type { StartedSignIn, StartedSignIns } from './StartedSignIns';

interface Input {
  readonly provider: string;
  /** The parameters that the provider sent the browser back with. */
  readonly answer: Readonly<Record<string, string>>;
  /** What the browser was given when it began. */
  readonly sealed: string | undefined;
}

/** Where to go on, and what else is asked for before. */
export interface ProviderSignIn {
  readonly outcome: SignedIn | MfaRequired;
  readonly returnTo: ReturnPath;
}

/** Completes a sign-in at an identity provider, in the browser that began it. */
export class FinishProviderSignIn {
  constructor(
    private readonly identityProviders: IdentityProviders,
    private readonly startedSignIns: StartedSignIns,
    private readonly identityAccounts: IdentityAccounts,
    private readonly loginGuard: LoginGuard,
    private readonly signIn: SignIn,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws NotFoundError, UnavailableError, ValidationError `INVALID_TOKEN` for an answer to another sign-in, one that
   * took too long, or none; ForbiddenError `PERMISSION_DENIED` when the person cancelled it, `EMAIL_NOT_VERIFIED`,
   * `ACCOUNT_INACTIVE`, `ACCOUNT_BANNED`
   */
  async execute({ provider, answer, sealed }: Input, client: ClientInfo): Promise<ProviderSignIn> {
    this.identityProviders.assertKnown(provider);
    const { returnTo, ...checks } = this.started(provider, sealed);
    const identity = await this.identityProviders
      .finish(provider, answer, checks)
      .catch((error: unknown) => this.refused(error, 'cancelled at the provider'));
    return { outcome: await this.signInAs(identity, client), returnTo };
  }

  private started(provider: string, sealed: string | undefined): StartedSignIn {
    const signIn = sealed === undefined ? null : this.startedSignIns.open(sealed);
    if (signIn?.provider !== provider || signIn.expiresAt <= this.clock.now()) throw notBegun();
    return signIn;
  }

  private async signInAs(identity: ProvenIdentity, client: ClientInfo): Promise<SignedIn | MfaRequired> {
    const attempt = () =>
      this.unitOfWork
        .run({}, () => this.enter(identity, client))
        .catch((error: unknown) => this.refused(error, 'address not verified'));
    const outcome = await attempt().catch((error: unknown) => {
      // The same person arrived twice at once: by now there is the account that the other one has made.
      if (error instanceof ConflictError) return attempt();
      throw error;
    });
    // Thrown only now, because the record of it has to be committed.
    if (outcome instanceof ForbiddenError) throw outcome;
    return outcome;
  }

  private async enter(identity: ProvenIdentity, client: ClientInfo): Promise<SignedIn | MfaRequired | ForbiddenError> {
    const user = await this.identityAccounts.of(identity);
    const { id: userId } = user.state;
    try {
      user.assertMaySignIn();
    } catch (error) {
      if (!(error instanceof ForbiddenError)) throw error;
      await this.loginGuard.refuse(userId, 'account suspended');
      return error;
    }
    return this.signIn.proceed(userId, client);
  }

  /** Of a refusal that undid whatever came before, this is left; it is of nobody's account. */
  private async refused(error: unknown, reason: SignInFailure): Promise<never> {
    if (error instanceof ForbiddenError) await this.unitOfWork.run({}, () => this.loginGuard.refuse(null, reason));
    throw error;
  }
}

function notBegun(): ValidationError {
  return new ValidationError('No such sign-in has begun in this browser; start it again.', {}, 'INVALID_TOKEN');
}
