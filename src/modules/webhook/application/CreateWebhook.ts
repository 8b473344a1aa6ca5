import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { newId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import type { WorkspaceRepository } from '../../workspace';
import { Webhook } from '../domain/Webhook';
import type { WebhookId } from '../domain/WebhookId';
import type { WebhookRepository } from '../domain/WebhookRepository';
import type { WebhookSecret } from '../domain/webhookSecret';
import type { WebhookUrl } from '../domain/WebhookUrl';
import type { EventCatalogue } from './EventCatalogue';
import type { WebhookSender } from './WebhookSender';

interface Input {
  readonly url: WebhookUrl;
  readonly events: readonly string[];
}

/** Each event is sent once for each webhook, so a workspace has no more than these. */
const MAX_WEBHOOKS = 20;

export class CreateWebhook {
  constructor(
    private readonly webhookRepository: WebhookRepository,
    private readonly eventCatalogue: EventCatalogue,
    private readonly webhookSender: WebhookSender,
    private readonly workspaces: WorkspaceRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the secret as it is shown, this once
   * @throws ValidationError for an event that there is not, PermissionDeniedError for one that the actor may not hear,
   * UnprocessableError `WEBHOOK_URL_REFUSED`, ConflictError when there are too many
   */
  async execute(actor: WorkspaceActor, input: Input): Promise<{ id: WebhookId; secret: WebhookSecret }> {
    const { workspaceId } = actor;
    this.eventCatalogue.assertKnown(input.events);
    this.eventCatalogue.assertMayHear(actor, input.events);
    await this.webhookSender.assertOutside(input.url);
    return this.unitOfWork.run(actor, async () => {
      // Held, so that two who make the last one at a time do not make two.
      await this.workspaces.lock(workspaceId);
      if ((await this.webhookRepository.count(workspaceId)) >= MAX_WEBHOOKS) {
        throw new ConflictError('CONFLICT', `A workspace has at most ${MAX_WEBHOOKS} webhooks.`);
      }
      const webhook = Webhook.create(actor, { id: newId(), ...input }, this.clock.now());
      await this.webhookRepository.save(webhook);
      const { id, secret } = webhook.state;
      return { id, secret };
    });
  }
}
