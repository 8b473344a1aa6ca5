import type { Channels } from '../../../core/domain/NotificationKind';
import type { UserId } from '../../../core/domain/Id';

/** How people want to be told, where they have said so. */
export interface PreferenceRepository {
  /** By the key of the kind. */
  of(userId: UserId): Promise<ReadonlyMap<string, Channels>>;
  /** Of those among these people who have said so about a kind. */
  about(kind: string, people: readonly UserId[]): Promise<ReadonlyMap<UserId, Channels>>;
  save(userId: UserId, kind: string, channels: Channels): Promise<void>;
  forget(userId: UserId): Promise<void>;
}
