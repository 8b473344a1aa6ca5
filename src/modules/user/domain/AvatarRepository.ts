import type { UserId } from '../../../core/domain/Id';
import type { Avatar, AvatarAddress, PictureId } from './Avatar';

/** Which pictures people have, apart from their accounts; what is on them lies in the file storage. */
export interface AvatarRepository {
  /** To a person who has none. */
  add(avatar: Avatar, now: Date): Promise<void>;
  /** @returns the one that there was, or null */
  remove(userId: UserId): Promise<PictureId | null>;
  /** Of these, those that nobody has. */
  unknown(addresses: readonly AvatarAddress[]): Promise<AvatarAddress[]>;
}
