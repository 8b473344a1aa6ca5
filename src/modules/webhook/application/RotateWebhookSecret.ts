import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { WebhookId } from '../domain/WebhookId';
import type { WebhookRepository } from '../domain/WebhookRepository';
import type { WebhookSecret } from '../domain/webhookSecret';

interface RotatedSecret {
  /** The new one, shown this once. */
  readonly secret: WebhookSecret;
  /** Until then deliveries are signed with the one before as well. */
  readonly previousSecretUntil: Date;
}

export class RotateWebhookSecret {
  constructor(
    private readonly webhookRepository: WebhookRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError */
  execute(actor: WorkspaceActor, { id }: { id: WebhookId }): Promise<RotatedSecret> {
    return this.unitOfWork.run(actor, async () => {
      const webhook = await this.webhookRepository.get(actor.workspaceId, id);
      const rotated = webhook.rotateSecret(actor.userId, this.clock.now());
      await this.webhookRepository.save(webhook);
      return rotated;
    });
  }
}
