import type { Brand } from '../../../core/domain/Brand';
import type { UserId } from '../../../core/domain/Id';

/** Another one for each picture, so that one takes the place of the other at once. */
export type PictureId = Brand<string, 'PictureId'>;

/** Where a picture is to be found. */
export interface AvatarAddress {
  readonly userId: UserId;
  readonly pictureId: PictureId;
}

/** The picture that a person has. */
export interface Avatar extends AvatarAddress {
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** Where the content of a picture lies in the file storage. */
export const avatarKey = (userId: UserId, pictureId: PictureId): string => `users/${userId}/avatars/${pictureId}`;
