import type { Clock } from '../../../core/application/Clock';
import type { MailedTokens } from '../../../core/application/MailedTokens';
import { newId, type UserId } from '../../../core/domain/Id';
import { MailedLink, type LinkPurpose } from '../domain/MailedLink';
import type { MailedLinkRepository } from '../domain/MailedLinkRepository';

/** Has a link mailed to the address of an account, inside the open unit of work. */
export class RequestMailedLink {
  constructor(
    private readonly mailedLinks: MailedLinkRepository,
    private readonly mailedTokens: MailedTokens,
    private readonly clock: Clock,
  ) {}

  async execute(userId: UserId, purpose: LinkPurpose): Promise<void> {
    const id = newId();
    const tokenHash = this.mailedTokens.hash(this.mailedTokens.issue(purpose, id));
    await this.mailedLinks.add(MailedLink.request({ id, userId, purpose, tokenHash }, this.clock.now()));
  }
}
