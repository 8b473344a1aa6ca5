import type { UnitOfWork } from '../application/UnitOfWork';
import { ConflictError } from '../errors/ConflictError';
import { PreconditionError } from '../errors/PreconditionError';
import { PreconditionRequiredError } from '../errors/PreconditionRequiredError';
import { isCurrent } from './answer';
import type { Answer, Route } from './Route';

/** Reads a resource; undefined for one that has no GET, of which nobody was ever told a tag. */
type Read = (() => Promise<Answer>) | undefined;

const ATTEMPTS = 10;

/** Changes a resource only as the caller knows it (If-Match, RFC 9110, section 13.1.1). */
export class Preconditions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly requireIfMatch: boolean,
  ) {}

  /**
   * Changes a resource whatever it is, where that is allowed.
   * @throws PreconditionRequiredError
   */
  async withoutIfMatch({ requiresIfMatch = false }: Route, change: () => Promise<Answer>): Promise<Answer> {
    if (requiresIfMatch && this.requireIfMatch) throw new PreconditionRequiredError();
    return change();
  }

  /**
   * Changes a resource in the transaction that compared it: on one snapshot, so that a change in between fails it. That may
   * have been one of what the tag does not speak of, so it is compared and tried again.
   * @throws PreconditionError
   */
  async ifMatches(ifMatch: string, read: Read, change: () => Promise<Answer>, attempts = ATTEMPTS): Promise<Answer> {
    if (!read) return this.ifMatched(ifMatch, read, change);
    try {
      return await this.unitOfWork.run({}, () => this.ifMatched(ifMatch, read, change), { snapshot: true });
    } catch (error) {
      if (attempts === 1 || !(error instanceof ConflictError && error.isStale)) throw error;
      return this.ifMatches(ifMatch, read, change, attempts - 1);
    }
  }

  /**
   * Compares a resource and then changes it, in whatever transactions the change takes: for one whose refusal has to
   * leave a trace, which the transaction of the comparison would take back.
   * @throws PreconditionError
   */
  async ifMatched(ifMatch: string, read: Read, change: () => Promise<Answer>): Promise<Answer> {
    // Without a GET no tag can match; whether there is such a resource, which is all that `*` asks, the change tells.
    const matches = read ? isCurrent(ifMatch, await read()) : ifMatch === '*';
    if (!matches) throw new PreconditionError();
    return change();
  }
}
