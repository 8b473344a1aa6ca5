import type { EventBus } from '../../../core/application/EventBus';
import type { UserId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { LinkPurpose, MailedLink } from '../domain/MailedLink';
import type { MailedLinkRepository } from '../domain/MailedLinkRepository';

const VOID = statement('auth.void-links', 'DELETE FROM mailed_links WHERE user_id = $1 AND purpose = $2');
const VOID_ALL = statement('auth.void-all-links', 'DELETE FROM mailed_links WHERE user_id = $1');
const ADD = statement(
  'auth.add-link',
  'INSERT INTO mailed_links (id, user_id, purpose, token_hash, expires_at) VALUES ($1, $2, $3, $4, $5)',
);
const FIND = statement(
  'auth.find-link',
  'SELECT user_id AS "userId" FROM mailed_links WHERE purpose = $1 AND token_hash = $2 AND expires_at > $3',
);
const CONSUME = statement(
  'auth.consume-link',
  `DELETE FROM mailed_links WHERE purpose = $1 AND token_hash = $2 AND expires_at > $3
   RETURNING user_id AS "userId"`,
);
const IS_OPEN = statement(
  'auth.link-is-open',
  'SELECT EXISTS (SELECT FROM mailed_links WHERE id = $1 AND expires_at > $2) AS open',
);

/** Only open ones have a row: using or voiding one deletes it. */
export class SqlMailedLinkRepository implements MailedLinkRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
  ) {}

  async add(link: MailedLink): Promise<void> {
    const { id, userId, purpose, tokenHash, expiresAt } = link.state;
    await this.voidOf(userId, purpose);
    await this.unitOfWork.execute(ADD, [id, userId, purpose, tokenHash, expiresAt]);
    await this.eventBus.publish(link.releaseEvents());
  }

  async find(purpose: LinkPurpose, tokenHash: string, now: Date): Promise<UserId | null> {
    const [row] = await this.unitOfWork.read<{ userId: UserId }>({}, FIND, [purpose, tokenHash, now]);
    return row?.userId ?? null;
  }

  async consume(purpose: LinkPurpose, tokenHash: string, now: Date): Promise<UserId | null> {
    const [row] = await this.unitOfWork.execute<{ userId: UserId }>(CONSUME, [purpose, tokenHash, now]);
    return row?.userId ?? null;
  }

  async voidOf(userId: UserId, purpose: LinkPurpose): Promise<void> {
    await this.unitOfWork.execute(VOID, [userId, purpose]);
  }

  async voidAllOf(userId: UserId): Promise<void> {
    await this.unitOfWork.execute(VOID_ALL, [userId]);
  }

  async isOpen(id: string, now: Date): Promise<boolean> {
    const [row] = await this.unitOfWork.read<{ open: boolean }>({}, IS_OPEN, [id, now]);
    return row?.open ?? false;
  }
}
