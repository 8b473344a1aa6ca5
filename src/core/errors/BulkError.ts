import { AppError, type ErrorKind, type FieldError } from './AppError';

/** Of a list of items some were refused, so that none was done. It is what the first one met; `errors` names them all. */
export class BulkError extends AppError {
  readonly kind: ErrorKind;

  private constructor(first: AppError, errors: readonly FieldError[]) {
    const fields = errors.map(({ field }) => field).join(', ');
    super(first.code, `Nothing was done, because of: ${fields}.`, { ...first.details, errors });
    this.kind = first.kind;
  }

  /**
   * Does each item in its turn, inside the open unit of work; after a refusal the others are still tried, to be told of.
   * @param list what the list is called in the request
   * @throws BulkError
   */
  static async allOrNone<Item, Result>(
    list: string,
    items: readonly Item[],
    work: (item: Item) => Promise<Result>,
  ): Promise<Result[]> {
    const results: Result[] = [];
    const errors: FieldError[] = [];
    let first: AppError | undefined;
    for (const [at, item] of items.entries()) {
      try {
        results.push(await work(item));
      } catch (error) {
        if (error instanceof AppError) {
          first ??= error;
          errors.push(...errorsOf(error, `${list}.${at}`));
        } else if (first) {
          // What the database has refused once it refuses for all that follows.
          break;
        } else {
          throw error;
        }
      }
    }
    if (first) throw new BulkError(first, errors);
    return results;
  }
}

function errorsOf({ message, details: { errors } }: AppError, item: string): FieldError[] {
  if (!errors) return [{ field: item, message }];
  return errors.map((error) => ({ field: `${item}.${error.field}`, message: error.message }));
}
