import type { UserId } from '../../../core/domain/Id';

/** The pictures of people, apart from their accounts. */
export interface AvatarRepository {
  /** Keeps it in place of an earlier one. */
  save(userId: UserId, image: Buffer, now: Date): Promise<void>;
  /** Whether there was one to remove. */
  remove(userId: UserId): Promise<boolean>;
}
