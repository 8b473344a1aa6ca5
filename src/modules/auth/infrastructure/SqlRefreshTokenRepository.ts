import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { RefreshToken } from '../domain/RefreshToken';
import type { RefreshTokenRepository } from '../domain/RefreshTokenRepository';

const FIND = statement(
  'auth.find-refresh-token',
  'SELECT hash, session_id AS "sessionId", spent_at AS "spentAt" FROM refresh_tokens WHERE hash = $1',
);
const ADD = statement('auth.add-refresh-token', 'INSERT INTO refresh_tokens (hash, session_id) VALUES ($1, $2)');
const SPEND = statement('auth.spend-refresh-token', 'UPDATE refresh_tokens SET spent_at = $2 WHERE hash = $1');

export class SqlRefreshTokenRepository implements RefreshTokenRepository {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async find(hash: string): Promise<RefreshToken | null> {
    const [row] = await this.unitOfWork.execute<RefreshToken>(FIND, [hash]);
    return row ?? null;
  }

  async add({ hash, sessionId }: RefreshToken): Promise<void> {
    await this.unitOfWork.execute(ADD, [hash, sessionId]);
  }

  async spend(hash: string, now: Date): Promise<void> {
    await this.unitOfWork.execute(SPEND, [hash, now]);
  }
}
