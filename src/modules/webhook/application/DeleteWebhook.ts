import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { WebhookId } from '../domain/WebhookId';
import type { WebhookRepository } from '../domain/WebhookRepository';

/** Ends a webhook, and what is known of its deliveries. */
export class DeleteWebhook {
  constructor(
    private readonly webhookRepository: WebhookRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError */
  execute(actor: WorkspaceActor, { id }: { id: WebhookId }): Promise<void> {
    return this.unitOfWork.run(actor, async () => {
      const webhook = await this.webhookRepository.get(actor.workspaceId, id);
      webhook.delete(actor.userId, this.clock.now());
      await this.webhookRepository.remove(webhook);
    });
  }
}
