import type { AtriumModule } from '../../core/bootstrap/module';
import { ChangeAvatar } from './application/ChangeAvatar';
import { DownloadAvatar } from './application/DownloadAvatar';
import { DropAvatar } from './application/DropAvatar';
import { RemoveAvatar } from './application/RemoveAvatar';
import { RemovePicture } from './application/RemovePicture';
import { RemoveUnknownPictures } from './application/RemoveUnknownPictures';
import { UpdateProfile } from './application/UpdateProfile';
import {
  accountClosed,
  emailVerified,
  madePlatformAdmin,
  profileChanged,
  userRegistered,
  userStatusChanged,
} from './domain/events';
import { userPermissions } from './domain/permissions';
import { addPlatformAdmin } from './infrastructure/migrations/addPlatformAdmin';
import { createUsers } from './infrastructure/migrations/createUsers';
import { createAvatars } from './infrastructure/migrations/createAvatars';
import { indexNames } from './infrastructure/migrations/indexNames';
import { indexUsers } from './infrastructure/migrations/indexUsers';
import { storeAvatars } from './infrastructure/migrations/storeAvatars';
import { SharpAvatarImages } from './infrastructure/SharpAvatarImages';
import { SqlAvatarRepository } from './infrastructure/SqlAvatarRepository';
import { AvatarController } from './presentation/AvatarController';
import { SequelizeUserQueries } from './infrastructure/SequelizeUserQueries';
import { SequelizeUserRepository } from './infrastructure/SequelizeUserRepository';
import { UserModel } from './infrastructure/UserModel';
import { UserController } from './presentation/UserController';

export const userModule: AtriumModule = {
  name: 'user',
  services: {
    avatars: SqlAvatarRepository,
    avatarImages: SharpAvatarImages,
    dropAvatar: DropAvatar,
    changeAvatar: ChangeAvatar,
    removeAvatar: RemoveAvatar,
    downloadAvatar: DownloadAvatar,
    users: SequelizeUserRepository,
    userQueries: SequelizeUserQueries,
    updateProfile: UpdateProfile,
  },
  controllers: [UserController, AvatarController],
  events: [userRegistered, emailVerified, madePlatformAdmin, profileChanged, userStatusChanged, accountClosed],
  handlers: [],
  jobs: [RemovePicture, RemoveUnknownPictures],
  permissions: userPermissions,
  models: [UserModel],
  migrations: [createUsers, addPlatformAdmin, indexUsers, createAvatars, indexNames, storeAvatars],
};
