import type { AtriumModule } from '../../core/bootstrap/module';
import { UpdateProfile } from './application/UpdateProfile';
import { emailVerified, madePlatformAdmin, profileChanged, userRegistered } from './domain/events';
import { userPermissions } from './domain/permissions';
import { addPlatformAdmin } from './infrastructure/migrations/addPlatformAdmin';
import { createUsers } from './infrastructure/migrations/createUsers';
import { SequelizeUserQueries } from './infrastructure/SequelizeUserQueries';
import { SequelizeUserRepository } from './infrastructure/SequelizeUserRepository';
import { UserModel } from './infrastructure/UserModel';
import { UserController } from './presentation/UserController';

export const userModule: AtriumModule = {
  name: 'user',
  services: {
    users: SequelizeUserRepository,
    userQueries: SequelizeUserQueries,
    updateProfile: UpdateProfile,
  },
  controllers: [UserController],
  events: [userRegistered, emailVerified, madePlatformAdmin, profileChanged],
  handlers: [],
  permissions: userPermissions,
  models: [UserModel],
  migrations: [createUsers, addPlatformAdmin],
};
