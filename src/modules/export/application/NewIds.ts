import { createHmac, randomBytes } from 'node:crypto';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { travelling, type ColumnExport, type TableExport } from '../../../core/application/TableExport';
import type { Row } from './readRow';

/** An id by itself, or in a path; people write them in capitals, too. */
const ANY_UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

/**
 * How much of a UUID version 7 tells when it was made (RFC 9562, section 6.2, method 1), in hexadecimal digits: the
 * moment, the version, and the counter of those that one process made in the same millisecond.
 */
const MOMENT = 12;
const ORDER = 16;

/**
 * The ids that the things of an archive get here: people those of their accounts, everything else a new one, which is
 * derived from the old one under a key that this import alone has. So none has to be remembered, all that refers to a
 * thing is given the same, nobody can tell beforehand which, and things keep the order in which they were made.
 */
export class NewIds {
  constructor(
    private readonly accounts: ReadonlyMap<string, UserId> = new Map(),
    private readonly key = randomBytes(32),
  ) {}

  /** The same, once it is known which accounts people have. */
  withAccounts(accounts: ReadonlyMap<string, UserId>): NewIds {
    return new NewIds(accounts, this.key);
  }

  workspace(id: string): WorkspaceId {
    return this.of(id) as WorkspaceId;
  }

  /** A row as it is to be here. */
  inRow(table: TableExport, row: Row): Row {
    const columns = travelling(table).map((name) => {
      const column = table.columns[name];
      return [name, column ? this.inColumn(column, row[name]) : row[name]] as const;
    });
    return Object.fromEntries(columns);
  }

  private inColumn(column: ColumnExport, value: unknown): unknown {
    if (column.kind !== 'id' && column.kind !== 'mentions') return value;
    if (column.kind === 'id' || !column.where || typeof value !== 'string') return this.within(value);
    return value.replaceAll(column.where, (part) => String(this.within(part)));
  }

  private within(value: unknown): unknown {
    if (typeof value === 'string') return value.replaceAll(ANY_UUID, (id) => this.of(id.toLowerCase()));
    if (Array.isArray(value)) return value.map((each) => this.within(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.within(each)]));
  }

  of(id: string): string {
    const account = this.accounts.get(id);
    if (account !== undefined) return account;
    const old = id.replaceAll('-', '');
    const digits = createHmac('sha256', this.key).update(old).digest('hex');
    const variant = '89ab'.charAt(parseInt(digits.charAt(0), 16) % 4);
    const made = `${old.slice(0, MOMENT)}7${old.slice(MOMENT + 1, ORDER)}${variant}${digits.slice(1, ORDER)}`;
    return made.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}
