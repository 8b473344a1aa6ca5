import { travelling, type ColumnExport, type TableExport } from '../../../core/application/TableExport';
import { isUuid } from '../../../core/domain/Id';
import { AppError } from '../../../core/errors/AppError';
import { ValidationError } from '../../../core/errors/ValidationError';

export type Row = Readonly<Record<string, unknown>>;

/**
 * A row out of an archive, with exactly these members.
 * @throws ValidationError for anything else
 */
export function readObject(line: string, members: readonly string[], where: string): Row {
  const row = parse(line);
  if (typeof row !== 'object' || row === null || Array.isArray(row)) throw refused(where, 'a line is no JSON object');
  const names = Object.keys(row);
  const unknown = names.find((name) => !members.includes(name));
  if (unknown !== undefined) throw refused(where, `there is no column ${JSON.stringify(unknown)} here`);
  const missing = members.find((name) => !names.includes(name));
  if (missing !== undefined) throw refused(where, `a row has no ${missing}`);
  return row as Row;
}

/** A row of a table out of an archive. @throws ValidationError for one that this platform could not have written */
export function readRow(table: TableExport, line: string): Row {
  const row = readObject(line, travelling(table), table.table);
  for (const [name, column] of Object.entries(table.columns))
    check(`${table.table}.${name}`, column, row[name] ?? null);
  return row;
}

function check(where: string, column: ColumnExport, value: unknown): void {
  if (value === null) return;
  if (column.kind === 'id' && !isUuid(value)) throw refused(where, 'it is no id');
  if (column.kind === 'as-is' && column.parse) readText(where, column.parse, value);
}

/** A text that its parser takes as it is. @throws ValidationError */
export function readText<Text>(where: string, parser: (raw: string) => Text, value: unknown): Text {
  if (typeof value !== 'string') throw refused(where, 'it is no text');
  const text = attempt(where, () => parser(value));
  if (text !== value) throw refused(where, 'it is not written as this platform writes it');
  return text;
}

function attempt<Result>(where: string, parser: () => Result): Result {
  try {
    return parser();
  } catch (error) {
    throw error instanceof AppError ? refused(where, error.details.errors?.[0]?.message ?? error.message) : error;
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** What is wrong with an archive, and where. */
export function refused(where: string, what: string): ValidationError {
  return new ValidationError(`The archive is refused: ${where}: ${what.replace(/\.$/, '')}.`);
}
