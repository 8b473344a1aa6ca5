import type { Clock } from '../../../core/application/Clock';
import type { UserId } from '../../../core/domain/Id';
import type { TotpRepository } from '../domain/TotpRepository';

/** Takes a person's second factor away, inside the open unit of work; there need not be one. */
export class EndSecondFactor {
  constructor(
    private readonly totps: TotpRepository,
    private readonly clock: Clock,
  ) {}

  async of(userId: UserId): Promise<void> {
    const totp = await this.totps.find(userId);
    if (!totp) return;
    totp.disable(this.clock.now());
    await this.totps.remove(totp);
  }
}
