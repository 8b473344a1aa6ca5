import type { EventBus } from '../../../core/application/EventBus';
import type { UserId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { mapViolations } from '../../../core/infrastructure/database/databaseErrors';
import { saveAggregate } from '../../../core/infrastructure/database/saveAggregate';
import type { EmailAddress } from '../domain/EmailAddress';
import { User } from '../domain/User';
import type { UserRepository } from '../domain/UserRepository';
import { UserModel } from './UserModel';

const CONFLICTS = {
  users_email_key: () => new ConflictError('EMAIL_TAKEN', 'An account with this e-mail address exists.'),
};

export class SequelizeUserRepository implements UserRepository {
  constructor(private readonly eventBus: EventBus) {}

  async get(id: UserId): Promise<User> {
    const row = await UserModel.findByPk(id);
    if (!row) throw new NotFoundError();
    return toUser(row);
  }

  async findByEmail(email: EmailAddress): Promise<User | null> {
    const row = await UserModel.findOne({ where: { email } });
    return row && toUser(row);
  }

  async save(user: User): Promise<void> {
    await mapViolations(CONFLICTS, () => saveAggregate(UserModel, user, { id: user.state.id }));
    await this.eventBus.publish(user.releaseEvents());
  }
}

function toUser(row: UserModel): User {
  const { version, ...state } = row.get({ plain: true }) as UserModel;
  return User.restore(state, version);
}
