import type { Clock } from '../../../core/application/Clock';
import type { ReturnPath } from '../domain/ReturnPath';
import type { IdentityProviders } from './IdentityProviders';
import type { StartedSignIns } from './StartedSignIns';

/** How long a person may take at the provider, in seconds. */
const LIFETIME = 10 * 60;

/** Begins a sign-in at an identity provider. Nothing of it is kept here: the browser brings it back, sealed. */
export class StartProviderSignIn {
  constructor(
    private readonly identityProviders: IdentityProviders,
    private readonly startedSignIns: StartedSignIns,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError, UnavailableError */
  async execute({ provider, returnTo }: { provider: string; returnTo: ReturnPath }) {
    const { url, checks } = await this.identityProviders.start(provider);
    const expiresAt = new Date(this.clock.now().getTime() + LIFETIME * 1000);
    const sealed = this.startedSignIns.seal({ ...checks, provider, returnTo, expiresAt });
    return { url, sealed, lifetimeSeconds: LIFETIME };
  }
}
