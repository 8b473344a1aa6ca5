import type { Clock } from '../../../core/application/Clock';
import type { MailedTokens } from '../../../core/application/MailedTokens';
import { newId, type UserId } from '../../../core/domain/Id';
import type { UserRepository } from '../../user';
import { MailedLink, type LinkPurpose } from '../domain/MailedLink';
import type { MailedLinkRepository } from '../domain/MailedLinkRepository';

/** Has a link mailed to the address of an account, inside the open unit of work. */
export class RequestMailedLink {
  constructor(
    private readonly users: UserRepository,
    private readonly mailedLinks: MailedLinkRepository,
    private readonly mailedTokens: MailedTokens,
    private readonly clock: Clock,
  ) {}

  /** @throws UnauthorizedError `SESSION_REVOKED` for an account that was closed meanwhile */
  async execute(userId: UserId, purpose: LinkPurpose): Promise<void> {
    // Of two that are asked for at the same moment, the second has to find the first, and void it.
    (await this.users.hold(userId)).assertNotClosed();
    const id = newId();
    const tokenHash = this.mailedTokens.hash(this.mailedTokens.issue(purpose, id));
    await this.mailedLinks.add(MailedLink.request({ id, userId, purpose, tokenHash }, this.clock.now()));
  }
}
