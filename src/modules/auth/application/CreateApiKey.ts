import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { newId } from '../../../core/domain/Id';
import type { MemberRoles } from '../../workspace';
import { ApiKey } from '../domain/ApiKey';
import { actingKey, type ApiKeyId } from '../domain/ApiKeyId';
import type { ApiKeyName } from '../domain/ApiKeyName';
import type { ApiKeyRepository } from '../domain/ApiKeyRepository';
import { newApiKeyText } from '../domain/apiKeyText';

interface Input {
  readonly name: ApiKeyName;
  /** The key of a role. */
  readonly role: string;
  readonly expiresAt?: Date | null;
}

/** Makes a key of the workspace's, which may do no more than its maker. */
export class CreateApiKey {
  constructor(
    private readonly apiKeys: ApiKeyRepository,
    private readonly memberRoles: MemberRoles,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the key as it is shown, this once
   * @throws ForbiddenError `ROLE_ESCALATION`, ValidationError for an unknown role and for an end that is past or too far
   */
  execute(actor: WorkspaceActor, { name, role, expiresAt = null }: Input): Promise<{ id: ApiKeyId; key: string }> {
    return this.unitOfWork.run(actor, async () => {
      const maker = actingKey(actor);
      // Held first, so that a key that is being revoked makes none behind its back.
      if (maker) (await this.apiKeys.get(actor.workspaceId, maker)).assertOutlasts(expiresAt);
      await this.memberRoles.assertMayGrant(actor, role);
      const [id, key] = [newId<ApiKeyId>(), newApiKeyText()];
      await this.apiKeys.save(ApiKey.create(actor, { id, name, role, expiresAt, text: key }, this.clock.now()));
      return { id, key };
    });
  }
}
