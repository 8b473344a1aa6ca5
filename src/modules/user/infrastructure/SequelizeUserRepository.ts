import { Transaction } from 'sequelize';
import type { EventBus } from '../../../core/application/EventBus';
import type { UserId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { mapViolations } from '../../../core/infrastructure/database/databaseErrors';
import { found } from '../../../core/infrastructure/database/found';
import { saveAggregate } from '../../../core/infrastructure/database/saveAggregate';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { EmailAddress } from '../domain/EmailAddress';
import { User, type UserState } from '../domain/User';
import type { UserRepository } from '../domain/UserRepository';
import { UserModel } from './UserModel';

type Row = UserState & { readonly version: number };

/** A statement rather than the model, because every refresh of a session asks for the account. */
const FIND = statement(
  'user.find',
  `SELECT id, email, name, bio, timezone, locale, status, email_verified_at AS "emailVerifiedAt",
     platform_admin AS "platformAdmin", created_at AS "createdAt", updated_at AS "updatedAt", version
   FROM users WHERE id = $1`,
);

const CONFLICTS = {
  users_email_key: () => new ConflictError('EMAIL_TAKEN', 'An account with this e-mail address exists.'),
};

export class SequelizeUserRepository implements UserRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
  ) {}

  async get(id: UserId): Promise<User> {
    const { version, ...state } = found(await this.unitOfWork.read<Row>({}, FIND, [id]));
    return User.restore(state, version);
  }

  async hold(id: UserId): Promise<User> {
    // Rows that refer to the person can still be added: FOR UPDATE would wait for them, in other orders than ours.
    const row = await UserModel.findByPk(id, { lock: Transaction.LOCK.NO_KEY_UPDATE });
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
