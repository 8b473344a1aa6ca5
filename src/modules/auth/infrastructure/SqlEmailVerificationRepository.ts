import type { EventBus } from '../../../core/application/EventBus';
import type { UserId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { EmailVerification } from '../domain/EmailVerification';
import type { EmailVerificationRepository } from '../domain/EmailVerificationRepository';

const VOID_EARLIER = statement('auth.void-verifications', 'DELETE FROM email_verifications WHERE user_id = $1');
const ADD = statement(
  'auth.add-verification',
  'INSERT INTO email_verifications (id, user_id, token_hash, expires_at) VALUES ($1, $2, $3, $4)',
);
const CONSUME = statement(
  'auth.consume-verification',
  'DELETE FROM email_verifications WHERE token_hash = $1 AND expires_at > $2 RETURNING user_id AS "userId"',
);
const IS_OPEN = statement(
  'auth.verification-is-open',
  'SELECT EXISTS (SELECT FROM email_verifications WHERE id = $1 AND expires_at > $2) AS open',
);

/** Only open ones have a row: using or voiding one deletes it. */
export class SqlEmailVerificationRepository implements EmailVerificationRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
  ) {}

  async add(verification: EmailVerification): Promise<void> {
    const { id, userId, tokenHash, expiresAt } = verification.state;
    await this.unitOfWork.execute(VOID_EARLIER, [userId]);
    await this.unitOfWork.execute(ADD, [id, userId, tokenHash, expiresAt]);
    await this.eventBus.publish(verification.releaseEvents());
  }

  async consume(tokenHash: string, now: Date): Promise<UserId | null> {
    const [row] = await this.unitOfWork.execute<{ userId: UserId }>(CONSUME, [tokenHash, now]);
    return row?.userId ?? null;
  }

  async isOpen(id: string, now: Date): Promise<boolean> {
    const [row] = await this.unitOfWork.read<{ open: boolean }>({}, IS_OPEN, [id, now]);
    return row?.open ?? false;
  }
}
