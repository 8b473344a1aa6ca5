import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TableExport } from '../../../core/application/TableExport';
import type { OpenArchive } from './ArchiveFiles';
import { contentOf, PEOPLE, tableEntry } from './Manifest';
import { readPerson, type ArchivedPerson } from './readPerson';
import { readRow, refused, type Row } from './readRow';

/** The column that names a row itself, in a table whose rows others may refer to. */
const OWN_ID = 'id';

const isOwnId = (table: TableExport, column: string): boolean =>
  column === OWN_ID && table.columns[column]?.kind === 'id' && table.columns[column].of === table.table;

/** The tables that a table refers to. */
const referred = (table: TableExport): string[] =>
  Object.entries(table.columns).flatMap(([name, each]) =>
    each.kind === 'id' && !isOwnId(table, name) ? [each.of] : [],
  );

export interface CheckedArchive {
  readonly people: readonly ArchivedPerson[];
  /** The row of the workspace itself. */
  readonly workspace: Row;
}

/**
 * Reads an archive to its end before anything of it is written: whether it has the entries and the columns that this
 * platform writes, counted and hashed as its manifest says, and refers to nothing but what is in it.
 * @throws ValidationError that says what is wrong
 */
export async function checkArchive(archive: OpenArchive, tables: readonly TableExport[]): Promise<CheckedArchive> {
  const { manifest } = archive;
  const expected = [PEOPLE, ...tables.map(({ table }) => tableEntry(table))];
  const missing = expected.find((name) => !(name in manifest.entries));
  const contents = Object.keys(manifest.entries).filter((name) => contentOf(name));
  const unknown = Object.keys(manifest.entries).find((name) => !expected.includes(name) && !contentOf(name));
  const maker = `it was made by platform ${manifest.platform}`;
  if (missing !== undefined) throw refused(missing, `it is not there; ${maker}`);
  if (unknown !== undefined) throw refused(unknown, `it is not known here; ${maker}`);

  const people: ArchivedPerson[] = [];
  for await (const line of archive.lines(PEOPLE)) people.push(readPerson(line));
  const ids = new Map([['users', new Set(people.map(({ id }) => id))]]);
  const addresses = new Set(people.flatMap(({ email }) => email ?? []));
  const members = people.filter(({ email }) => email !== null);
  if (ids.get('users')?.size !== people.length || addresses.size !== members.length) {
    throw refused(PEOPLE, 'somebody is in it twice');
  }
  const workspaces: Row[] = [];
  for (const { table } of tables.filter(({ contentKey }) => contentKey)) ids.set(table, new Set());
  for (const target of tables.flatMap(referred)) if (target !== 'users') ids.set(target, new Set());
  for (const table of tables) {
    await checkTable(archive, table, ids, (row) => table.table === 'workspaces' && workspaces.push(row));
  }
  const [workspace, ...others] = workspaces;
  if (workspace?.id !== manifest.workspace.id || others.length > 0) {
    throw refused(tableEntry('workspaces'), 'it must hold the one workspace of the manifest');
  }
  for (const name of contents) await checkContent(archive, name, tables, ids);
  return { people, workspace };
}

/** Reads a content to its end; it must be of a row. That a row has none is no reason to refuse: it may have lost it there. */
async function checkContent(
  archive: OpenArchive,
  name: string,
  tables: readonly TableExport[],
  ids: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<void> {
  const { table, id } = contentOf(name) ?? {};
  const isOfRow = tables.some((each) => each.table === table && each.contentKey) && ids.get(table ?? '')?.has(id ?? '');
  if (!isOfRow) throw refused(name, 'no row has it');
  await pipeline(archive.bytes(name), new Writable({ write: (_chunk, _encoding, done) => done() }));
}

async function checkTable(
  archive: OpenArchive,
  table: TableExport,
  ids: ReadonlyMap<string, Set<string>>,
  seen: (row: Row) => unknown,
): Promise<void> {
  /** Remembered only where something refers to them: an event log is long. */
  const own = ids.get(table.table);
  // To rows of the same table, which may come later.
  const sideways = new Set<string>();
  const follow = (row: Row): void => {
    for (const [name, column] of Object.entries(table.columns)) {
      const value = row[name];
      if (column.kind === 'id' && typeof value === 'string') {
        if (isOwnId(table, name)) own?.add(value);
        else if (column.of === table.table) sideways.add(value);
        else if (!ids.get(column.of)?.has(value)) throw leadsOut(`${table.table}.${name}`);
      }
    }
  };
  for await (const line of archive.lines(tableEntry(table.table))) {
    const row = readRow(table, line);
    follow(row);
    seen(row);
  }
  if ([...sideways].some((id) => !own?.has(id))) throw leadsOut(table.table);
}

const leadsOut = (where: string): Error => refused(where, 'it refers to something that is not in the archive');
