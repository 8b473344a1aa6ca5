import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { ApiKeyId } from '../domain/ApiKeyId';
import type { ApiKeyRepository } from '../domain/ApiKeyRepository';

/** Ends a key of the workspace's, even one that may do more than who ends it: taking away is safe. */
export class RevokeApiKey {
  constructor(
    private readonly apiKeys: ApiKeyRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError */
  execute(actor: WorkspaceActor, { apiKeyId }: { apiKeyId: ApiKeyId }): Promise<void> {
    return this.unitOfWork.run(actor, async () => {
      const apiKey = await this.apiKeys.get(actor.workspaceId, apiKeyId);
      apiKey.revoke(actor.userId, this.clock.now());
      await this.apiKeys.save(apiKey);
    });
  }
}
