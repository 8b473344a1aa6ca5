import { createHmac, timingSafeEqual } from 'node:crypto';
import Joi, { type ObjectSchema, type SchemaMap } from 'joi';
import type { Page, PageRequest } from '../application/Page';
import { ValidationError } from '../errors/ValidationError';

export interface ListQuery {
  readonly limit: number;
  readonly sort: string;
  readonly cursor?: string;
  readonly page?: number;
}

/**
 * The query of a list: paging by `cursor` or `page`, the list's own filters, and an order by one of these fields, up or
 * down. The first is the default; `-` before it makes that descending.
 */
export function listQuery<Query extends ListQuery>(
  sorts: readonly [string, ...string[]],
  filters: SchemaMap = {},
): ObjectSchema<Query> {
  const fields = new Set(sorts.map((sort) => sort.replace('-', '')));
  return Joi.object<Query>({
    limit: Joi.number().integer().min(1).max(100).default(20),
    cursor: Joi.string().max(1000).description('`meta.nextCursor` of the page before'),
    page: Joi.number().integer().min(1).max(100_000),
    sort: Joi.string()
      .valid(...[...fields].flatMap((field) => [field, `-${field}`]))
      .default(sorts[0]),
    ...filters,
  }).oxor('cursor', 'page');
}

/** Issues cursors that open only the list, workspace, filter and order they were issued for. */
export class Paginator {
  constructor(private readonly cursorKey: Buffer) {}

  /**
   * Answers a list query.
   * @param list what the cursor is bound to besides the query: the route and whose list it is
   * @throws ValidationError `INVALID_CURSOR`
   */
  async paginate<Item>(
    list: string,
    { limit, cursor, page, ...filters }: ListQuery,
    fetch: (request: PageRequest) => Promise<Page<Item>>,
  ): Promise<{ items: readonly Item[]; meta: object }> {
    const { sort } = filters;
    if (page !== undefined) {
      const { items, total = 0 } = await fetch({ limit, sort, offset: (page - 1) * limit });
      return { items, meta: { page, limit, total, totalPages: Math.ceil(total / limit) } };
    }
    // The same query, in whatever order its caller names things.
    const binding = JSON.stringify([list, ...Object.entries(filters).sort()]);
    const after = cursor === undefined ? undefined : this.open(cursor, binding);
    const { items, next } = await fetch({ limit, sort, ...(after && { after }) });
    return { items, meta: { limit, nextCursor: next && this.seal(next, binding) } };
  }

  private seal(key: readonly [string, string], binding: string): string {
    const content = Buffer.from(JSON.stringify(key));
    return Buffer.concat([this.sign(content, binding), content]).toString('base64url');
  }

  private open(cursor: string, binding: string): readonly [string, string] {
    const bytes = Buffer.from(cursor, 'base64url');
    const content = bytes.subarray(16);
    const signature = bytes.subarray(0, 16);
    if (signature.length < 16 || !timingSafeEqual(signature, this.sign(content, binding))) {
      throw new ValidationError('The cursor is not valid for this list.', {}, 'INVALID_CURSOR');
    }
    return JSON.parse(content.toString()) as [string, string];
  }

  private sign(content: Buffer, binding: string): Buffer {
    return createHmac('sha256', this.cursorKey).update(binding).update('\0').update(content).digest().subarray(0, 16);
  }
}
