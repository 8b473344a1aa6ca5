import type { Page, PageRequest } from '../../application/Page';
import type { Scope } from '../../application/UnitOfWork';
import type { SequelizeUnitOfWork } from './SequelizeUnitOfWork';
import { statement, type Statement } from './Statement';

/** The most rows a page of the API can have, and one more that tells whether another page follows. */
const MOST = 101;

interface SortField {
  /** SQL expression, never null, served by an index together with the id. */
  readonly by: string;
  readonly type: 'text' | 'timestamptz' | 'smallint' | 'real';
  /** The id as the index has it, where that is of another table than the list's own: an index holds one table's columns. */
  readonly id?: string;
}

interface PagedQueryOptions {
  readonly name: string;
  /** `SELECT …` without FROM. */
  readonly select: string;
  readonly from: string;
  /** The tenant condition, on `$1` and so on. */
  readonly where: string;
  readonly sorts: Readonly<Record<string, SortField>>;
  /** The expression that makes the order total. */
  readonly id: string;
  /** Of the id, where that is no UUID. */
  readonly idType?: 'bigint';
  /** What is counted in place of `from`, when all that it joins is there for each row. */
  readonly countFrom?: string;
}

/** A condition that a filter adds, on a value that it names `?`. */
export type Filter = readonly [condition: string, value: unknown];

interface Keyed {
  readonly $sort: string;
  readonly $id: string;
}

/** The key stands last: taken away from the end, its members leave an object that V8 still reads and writes fast. */
function withoutKey<Item extends object>(row: Item & Keyed): Item {
  Reflect.deleteProperty(row, '$id');
  Reflect.deleteProperty(row, '$sort');
  return row;
}

/** A list in SQL: filters, a fixed set of orders, keyset or offset paging. One prepared statement per combination in use. */
export class PagedQuery<Item extends object> {
  private readonly statements = new Map<string, Statement>();

  constructor(private readonly options: PagedQueryOptions) {}

  async run(
    unitOfWork: SequelizeUnitOfWork,
    scope: Scope,
    values: readonly unknown[],
    filters: readonly Filter[],
    request: PageRequest,
  ): Promise<Page<Item>> {
    const { limit, sort, after, offset } = request;
    const conditions = filters.map(([condition]) => condition);
    const bound = [...values, ...filters.map(([, value]) => value)];
    const query = this.prepare(sort, conditions, values.length, {
      byPage: offset !== undefined,
      continued: !!after,
      most: Math.max(MOST, limit + 1),
    });
    const position = offset === undefined ? (after ?? []) : [offset];
    const rows = await unitOfWork.read<Item & Keyed>(scope, query, [...bound, limit + 1, ...position]);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    const next = last ? ([last.$sort, last.$id] as const) : null;
    return {
      items: rows.slice(0, limit).map(withoutKey),
      next,
      ...(offset !== undefined && { total: await this.count(unitOfWork, scope, conditions, values.length, bound) }),
    };
  }

  private async count(
    unitOfWork: SequelizeUnitOfWork,
    scope: Scope,
    conditions: readonly string[],
    first: number,
    values: readonly unknown[],
  ): Promise<number> {
    const query = this.remember(`count|${conditions.join('|')}`, () => {
      const where = this.where(conditions, first);
      const { from, countFrom = from } = this.options;
      return `SELECT count(*)::int AS total FROM ${countFrom} WHERE ${where}`;
    });
    const [row] = await unitOfWork.read<{ total: number }>(scope, query, values);
    return row?.total ?? 0;
  }

  private prepare(
    sort: string,
    conditions: readonly string[],
    first: number,
    { byPage, continued, most }: { readonly byPage: boolean; readonly continued: boolean; readonly most: number },
  ): Statement {
    return this.remember(`${sort}|${String(byPage)}|${String(continued)}|${most}|${conditions.join('|')}`, () => {
      const descending = sort.startsWith('-');
      const field = this.options.sorts[descending ? sort.slice(1) : sort];
      if (!field) throw new Error(`${this.options.name} can not be sorted by ${sort}.`);
      const { select, from, idType = 'uuid' } = this.options;
      const { id = this.options.id } = field;
      const next = first + conditions.length + 1;
      const direction = descending ? 'DESC' : 'ASC';
      const key = `(${field.by}, ${id}) ${descending ? '<' : '>'} ($${next + 1}::${field.type}, $${next + 2}::${idType})`;
      const list = `${select}, (${field.by})::text AS "$sort", ${id} AS "$id"
        FROM ${from}
        WHERE ${this.where(conditions, first)} ${continued ? `AND ${key}` : ''}
        ORDER BY ${field.by} ${direction}, ${id} ${direction}`;
      // Told how few rows are wanted, PostgreSQL finds one good plan and keeps it; with a bound limit alone it plans anew
      // each time, which takes longer than the list.
      return byPage
        ? `${list} LIMIT $${next} OFFSET $${next + 1}`
        : `SELECT * FROM (${list} LIMIT ${most}) AS page LIMIT $${next}`;
    });
  }

  private where(conditions: readonly string[], first: number): string {
    const filters = conditions.map((condition, index) => condition.replaceAll('?', `$${first + index + 1}`));
    return [this.options.where, ...filters].join(' AND ');
  }

  private remember(variant: string, text: () => string): Statement {
    const known = this.statements.get(variant);
    if (known) return known;
    const made = statement(`${this.options.name}.${this.statements.size}`, text());
    this.statements.set(variant, made);
    return made;
  }
}
