import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { WebhookChanges } from '../domain/Webhook';
import type { WebhookId } from '../domain/WebhookId';
import type { WebhookRepository } from '../domain/WebhookRepository';
import type { EventCatalogue } from './EventCatalogue';
import type { WebhookSender } from './WebhookSender';

export class UpdateWebhook {
  constructor(
    private readonly webhookRepository: WebhookRepository,
    private readonly eventCatalogue: EventCatalogue,
    private readonly webhookSender: WebhookSender,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws NotFoundError, ValidationError for an event that there is not, PermissionDeniedError for one that the actor
   * may not hear, UnprocessableError `WEBHOOK_URL_REFUSED`
   */
  async execute(actor: WorkspaceActor, { id, ...changes }: { id: WebhookId } & WebhookChanges): Promise<void> {
    if (changes.events) this.eventCatalogue.assertKnown(changes.events);
    if (changes.url) await this.webhookSender.assertOutside(changes.url);
    await this.unitOfWork.run(actor, async () => {
      const webhook = await this.webhookRepository.get(actor.workspaceId, id);
      webhook.update(changes, actor.userId, this.clock.now());
      if (changes.events || changes.url) this.eventCatalogue.assertMayHear(actor, webhook.state.events);
      await this.webhookRepository.save(webhook);
    });
  }
}
