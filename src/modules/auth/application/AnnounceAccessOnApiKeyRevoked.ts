import type { AccessChanges } from '../../../core/application/AccessChanges';
import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { principalOf } from '../domain/ApiKeyId';
import { apiKeyRevoked } from '../domain/events';

type Facts = FactsOf<typeof apiKeyRevoked>;

/** Every node refuses a revoked key at once, and closes its sockets. */
export class AnnounceAccessOnApiKeyRevoked implements EventHandler<Facts> {
  readonly name = 'auth.announce-access-on-api-key-revoked';

  readonly on = apiKeyRevoked;

  readonly delivery = 'transactional';

  constructor(private readonly accessChanges: AccessChanges) {}

  async handle({ workspaceId, facts: { apiKeyId } }: DomainEvent<Facts>): Promise<void> {
    if (workspaceId) await this.accessChanges.announce({ workspaceId, ...principalOf(apiKeyId) });
  }
}
