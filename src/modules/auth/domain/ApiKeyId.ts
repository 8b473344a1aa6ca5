import type { UserActor } from '../../../core/domain/Actor';
import type { Brand } from '../../../core/domain/Brand';
import type { SessionId, UserId } from '../../../core/domain/Id';

export type ApiKeyId = Brand<string, 'ApiKeyId'>;

/** What a key acts as: it is a principal of its own, and its id stands for both person and session. */
export function principalOf(id: ApiKeyId): Pick<UserActor, 'userId' | 'sessionId'> {
  const principal: string = id;
  return { userId: principal as UserId, sessionId: principal as SessionId };
}

/** The key that acts, or null when a person does. */
export function actingKey({ kind, userId }: UserActor): ApiKeyId | null {
  const principal: string = userId;
  return kind === 'api-key' ? (principal as ApiKeyId) : null;
}
