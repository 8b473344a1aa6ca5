import { composeMail } from '../../../core/application/composeMail';
import type { EventHandler } from '../../../core/application/EventBus';
import { inert } from '../../../core/application/inert';
import type { Mailer } from '../../../core/application/Mailer';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { ownershipOffered } from '../domain/events';
import type { WorkspaceQueries } from './WorkspaceQueries';

type Facts = FactsOf<typeof ownershipOffered>;

/** Mails the person to whom the ownership is offered, unless the offer is over before its turn comes. */
export class MailOfferOnOwnershipOffered implements EventHandler<Facts> {
  readonly name = 'workspace.mail-offer-on-ownership-offered';

  readonly on = ownershipOffered;

  readonly delivery = 'durable';

  constructor(
    private readonly workspaceQueries: WorkspaceQueries,
    private readonly mailer: Mailer,
    private readonly frontendUrl: string,
  ) {}

  async handle({ workspaceId, facts: { offerId } }: DomainEvent<Facts>): Promise<void> {
    if (!workspaceId) return;
    const offer = await this.workspaceQueries.ownershipOfferMail(workspaceId, offerId);
    if (!offer) return;
    const [owner, workspace] = [inert(offer.ownerName), inert(offer.workspaceName)];
    const query = new URLSearchParams({ workspace: workspaceId });
    await this.mailer.send(
      composeMail({
        to: offer.email,
        subject: `${owner} offers you the ownership of ${workspace}`,
        paragraphs: [
          `${owner} offers you to become the owner of the workspace ${workspace} in their place.`,
          'The offer holds for seven days. Sign in to accept or to decline it.',
        ],
        action: { label: 'See the offer', url: `${this.frontendUrl}/transfer-ownership?${query.toString()}` },
        footer: 'As long as you do nothing, nothing changes.',
      }),
    );
  }
}
