import { createHash } from 'node:crypto';
import type { IdempotencyKeys } from '../application/IdempotencyKeys';
import type { UnitOfWork } from '../application/UnitOfWork';
import { ConflictError } from '../errors/ConflictError';
import { UnprocessableError } from '../errors/UnprocessableError';
import { ValidationError } from '../errors/ValidationError';
import type { Answer } from './Route';

/** Visible ASCII characters. */
const KEY = /^[\x21-\x7e]{1,255}$/;

const digest = (parts: unknown): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** Makes a POST repeatable (IETF draft `Idempotency-Key`): the effect happens once, and so does its answer. */
export class Idempotency {
  constructor(
    private readonly idempotencyKeys: IdempotencyKeys,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Answers a request, or gives the answer again that it had the first time. A refusal is not kept: it had no effect.
   * @param owner whose key it is: caller, workspace and route
   * @param content what has to be the same for it to be the same request
   * @throws ValidationError, ConflictError `IDEMPOTENCY_IN_PROGRESS`, UnprocessableError `IDEMPOTENCY_MISMATCH`
   */
  async once(
    key: string | string[],
    owner: readonly unknown[],
    content: unknown,
    handle: () => Promise<Answer>,
  ): Promise<{ answer: Answer; replayed: boolean }> {
    if (typeof key !== 'string' || !KEY.test(key)) {
      throw ValidationError.field('Idempotency-Key', 'Idempotency-Key must be 1 to 255 visible characters.');
    }
    const id = digest([...owner, key]);
    const fingerprint = digest(content);
    return this.unitOfWork.run({}, async () => {
      if (!(await this.idempotencyKeys.claim(id))) {
        throw new ConflictError('IDEMPOTENCY_IN_PROGRESS', 'The first request with this key is still running.');
      }
      const first = await this.idempotencyKeys.find(id);
      if (first) {
        if (first.fingerprint === fingerprint) return { answer: first.answer as Answer, replayed: true };
        throw new UnprocessableError('IDEMPOTENCY_MISMATCH', 'This key came with another request before.');
      }
      const answer = await handle();
      await this.idempotencyKeys.save(id, fingerprint, answer);
      return { answer, replayed: false };
    });
  }
}
