import type { EventBus } from '../../../core/application/EventBus';
import type { UserId } from '../../../core/domain/Id';
import { publishWritten } from '../../../core/infrastructure/database/publishWritten';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { Identity } from '../domain/Identity';
import type { IdentityRepository } from '../domain/IdentityRepository';

const OWNER_OF = statement(
  'auth.owner-of-identity',
  'SELECT user_id AS "userId" FROM identities WHERE issuer = $1 AND subject = $2',
);
const ADD = statement(
  'auth.add-identity',
  `INSERT INTO identities (issuer, subject, user_id, created_at) VALUES ($1, $2, $3, $4)
   ON CONFLICT DO NOTHING RETURNING user_id`,
);
const REMOVE = statement('auth.remove-identities', 'DELETE FROM identities WHERE user_id = $1');

export class SqlIdentityRepository implements IdentityRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
  ) {}

  async ownerOf(issuer: string, subject: string): Promise<UserId | null> {
    const [row] = await this.unitOfWork.read<{ userId: UserId }>({}, OWNER_OF, [issuer, subject]);
    return row?.userId ?? null;
  }

  async add(identity: Identity): Promise<void> {
    const { issuer, subject, userId, createdAt } = identity.state;
    const added = await this.unitOfWork.execute(ADD, [issuer, subject, userId, createdAt]);
    await publishWritten(this.eventBus, identity, added);
  }

  async removeOf(userId: UserId): Promise<void> {
    await this.unitOfWork.execute(REMOVE, [userId]);
  }
}
