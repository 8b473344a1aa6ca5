import type { IdempotencyKeys } from '../../application/IdempotencyKeys';
import { seal, unseal } from './sealed';
import type { SequelizeUnitOfWork } from './SequelizeUnitOfWork';
import { statement } from './Statement';

const CLAIM = statement(
  'core.claim-idempotency-key',
  'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS claimed',
);
const FIND = statement(
  'core.find-idempotency-key',
  `SELECT fingerprint, answer FROM idempotency_keys WHERE id = $1 AND created_at > now() - interval '24 hours'`,
);
const SAVE = statement(
  'core.save-idempotency-key',
  `INSERT INTO idempotency_keys (id, fingerprint, answer) VALUES ($1, $2, $3)
   ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint, answer = excluded.answer, created_at = now()`,
);
/** Keys in the database; answers are sealed, so that a copy of the table tells no secret that one of them held. */
export class PostgresIdempotencyKeys implements IdempotencyKeys {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly idempotencyKey: Buffer,
  ) {}

  async claim(id: string): Promise<boolean> {
    const [row] = await this.unitOfWork.execute<{ claimed: boolean }>(CLAIM, [id]);
    return row?.claimed ?? false;
  }

  async find(id: string): Promise<{ fingerprint: string; answer: unknown } | null> {
    const [row] = await this.unitOfWork.execute<{ fingerprint: string; answer: Buffer }>(FIND, [id]);
    return row
      ? { fingerprint: row.fingerprint, answer: JSON.parse(unseal(this.idempotencyKey, row.answer)) as unknown }
      : null;
  }

  async save(id: string, fingerprint: string, answer: unknown): Promise<void> {
    await this.unitOfWork.execute(SAVE, [id, fingerprint, seal(this.idempotencyKey, JSON.stringify(answer))]);
  }
}
