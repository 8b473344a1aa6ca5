import type { UnitOfWork } from '../application/UnitOfWork';
import { ConflictError } from '../errors/ConflictError';
import { PreconditionError } from '../errors/PreconditionError';
import { PreconditionRequiredError } from '../errors/PreconditionRequiredError';
import { isCurrent } from './answer';
import type { Answer, Route } from './Route';

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
   * Changes a resource in the transaction that compared it: on one snapshot, so that a change in between fails it too.
   * @param read the resource's own GET, or undefined where there is none: then nothing can match
   * @throws PreconditionError
   */
  async ifMatches(
    ifMatch: string,
    read: (() => Promise<Answer>) | undefined,
    change: () => Promise<Answer>,
  ): Promise<Answer> {
    const compareAndChange = async (): Promise<Answer> => {
      if (!read || !isCurrent(ifMatch, await read())) throw new PreconditionError();
      return change();
    };
    try {
      return await this.unitOfWork.run({}, compareAndChange, { snapshot: true });
    } catch (error) {
      throw error instanceof ConflictError && error.code === 'CONFLICT' ? new PreconditionError() : error;
    }
  }
}
