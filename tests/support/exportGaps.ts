import { isExported, type NotExported, type TableExport } from '../../src/core/application/TableExport';
import { tenantTables } from './tenancy';
import type { TestPlatform } from './testPlatform';

/** JSON's numbers can't carry these exactly. */
const INEXACT = ['bigint', 'numeric', 'real', 'double precision'];

interface Column {
  readonly name: string;
  readonly type: string;
}

function columnsOf(platform: TestPlatform, table: string): Promise<Column[]> {
  return platform.query<Column & object>(
    `SELECT attname AS name, format_type(atttypid, null) AS type FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [table],
  );
}

function gapsOf(
  { table, columns, order }: TableExport,
  found: readonly Column[],
  earlier: readonly string[],
): string[] {
  const declared = Object.entries(columns);
  const unknown = [...declared.map(([name]) => name), ...order].filter((name) => !found.some((c) => c.name === name));
  const targets = declared.flatMap(([, column]) => (column.kind === 'id' ? [column.of] : []));
  return [
    ...unknown.map((name) => `${table}: there is no column ${name}`),
    ...found
      .filter(({ name }) => name !== 'workspace_id' && !columns[name])
      .map(({ name }) => `${table}: what of ${name}?`),
    ...found
      .filter(({ name, type }) => INEXACT.includes(type) && columns[name]?.kind === 'as-is')
      .map(({ name, type }) => `${table}: ${name} is a ${type}, which JSON does not carry exactly`),
    ...targets
      .filter((target) => target !== 'users' && target !== table && !earlier.includes(target))
      .map((target) => `${table}: refers to ${target}, which is not declared before it`),
  ];
}

/** What is missing for a workspace to travel whole, table by table in words; nothing when all is declared. */
export async function exportGaps(
  platform: TestPlatform,
  declared: readonly (TableExport | NotExported)[],
): Promise<string[]> {
  const tables = await tenantTables(platform);
  const names = declared.map(({ table }) => table);
  const gaps = [
    ...tables.filter((table) => !names.includes(table)).map((table) => `${table}: no module says how it is exported`),
    ...names.filter((name) => !tables.includes(name)).map((name) => `${name}: there is no such tenant table`),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name}: declared twice`),
  ];
  for (const [index, each] of declared.entries()) {
    if (isExported(each) && tables.includes(each.table)) {
      gaps.push(...gapsOf(each, await columnsOf(platform, each.table), names.slice(0, index)));
    }
  }
  return gaps;
}
