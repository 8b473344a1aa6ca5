import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { IdempotencyKeys } from '../../application/IdempotencyKeys';
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
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

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
    return row ? { fingerprint: row.fingerprint, answer: JSON.parse(this.open(row.answer)) as unknown } : null;
  }

  async save(id: string, fingerprint: string, answer: unknown): Promise<void> {
    await this.unitOfWork.execute(SAVE, [id, fingerprint, this.seal(JSON.stringify(answer))]);
  }

  private seal(text: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.idempotencyKey, nonce);
    const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), content]);
  }

  private open(sealed: Buffer): string {
    const decipher = createDecipheriv(CIPHER, this.idempotencyKey, sealed.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }
}
