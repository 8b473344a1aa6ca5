import type { Clock } from '../../../core/application/Clock';
import { composeMail, type MailDraft } from '../../../core/application/composeMail';
import type { MailedTokens } from '../../../core/application/MailedTokens';
import type { Mailer } from '../../../core/application/Mailer';
import type { UserId } from '../../../core/domain/Id';
import type { UserQueries } from '../../user';
import type { LinkPurpose } from '../domain/MailedLink';
import type { MailedLinkRepository } from '../domain/MailedLinkRepository';

interface LinkMail extends Omit<MailDraft, 'to' | 'action'> {
  /** The page of the front end that the link leads to, and what the button says. */
  readonly page: string;
  readonly label: string;
}

/** Mails links that were asked for, unless they were used or replaced before their turn came. */
export class LinkMails {
  constructor(
    private readonly mailedLinks: MailedLinkRepository,
    private readonly userQueries: UserQueries,
    private readonly mailedTokens: MailedTokens,
    private readonly mailer: Mailer,
    private readonly frontendUrl: string,
    private readonly clock: Clock,
  ) {}

  async send(purpose: LinkPurpose, userId: UserId, linkId: string, { page, label, ...draft }: LinkMail): Promise<void> {
    if (!(await this.mailedLinks.isOpen(linkId, this.clock.now()))) return;
    const { email } = await this.userQueries.account(userId);
    const token = this.mailedTokens.issue(purpose, linkId);
    const action = { label, url: `${this.frontendUrl}/${page}?token=${token}` };
    await this.mailer.send(composeMail({ to: email, action, ...draft }));
  }
}
