import { rm, stat } from 'node:fs/promises';
import {
  archiveOf,
  entryFacts,
  filesOf,
  readArchive,
  rowsIn,
  storedArchives,
  type ArchiveContent,
} from '../../../../../tests/support/archives';
import { fullWorkspace } from '../../../../../tests/support/fullWorkspace';
import type { Person } from '../../../../../tests/support/people';
import { TestPlatform } from '../../../../../tests/support/testPlatform';

const isContent = (name: string): boolean => name.startsWith('contents/');

describe('The archive of a workspace', () => {
  let platform: TestPlatform;
  let mine: string;
  let content: ArchiveContent;
  let its: Person;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    await fullWorkspace(platform);
    ({ id: mine, owner: its } = await fullWorkspace(platform));
    content = await readArchive(await archiveOf(platform, its, mine));
  });

  afterAll(() => platform.stop());

  it('has a manifest that counts and hashes every other entry', async () => {
    const { 'manifest.json': manifest = '', ...entries } = content;
    const counted = entryFacts(entries);
    expect(JSON.parse(manifest)).toEqual({
      format: 1,
      platform: expect.stringMatching(/^\d+\.\d+\.\d+/),
      createdAt: expect.stringMatching(/Z$/),
      workspace: { id: mine },
      entries: counted,
    });
    expect(Object.keys(content).at(-1)).toBe('manifest.json');
    const tables = Object.entries(counted).filter(([name]) => !isContent(name));
    for (const [name, { rows }] of tables) expect({ name, rows }).not.toEqual({ name, rows: 0 });
  });

  it('holds what is attached, as it is, unless it is gone', async () => {
    const [{ id } = {}] = rowsIn(content, 'tables/files.ndjson');
    const contents = Object.entries(content).filter(([name]) => isContent(name));
    expect(contents).toEqual([[`contents/files/${String(id)}`, 'full']]);

    const { id: other, owner: theirs } = await fullWorkspace(platform);
    await rm(filesOf(platform, other, 'files'), { recursive: true });
    const without = await readArchive(await archiveOf(platform, theirs, other));
    expect(rowsIn(without, 'tables/files.ndjson')).toHaveLength(1);
    expect(Object.keys(without).filter(isContent)).toEqual([]);
  });

  it('holds the members as they show themselves to the workspace, and of who has left nothing but the id', async () => {
    const people = rowsIn(content, 'people.ndjson');
    const shown = { id: its.id, email: its.email, name: its.name, bio: null, timezone: 'UTC', locale: 'en' };
    expect(people).toContainEqual(shown);
    const [left] = await platform.query<{ id: string }>(
      'SELECT user_id AS id FROM departures WHERE workspace_id = $1',
      [mine],
    );
    const gone = { id: left?.id, email: null, name: null, bio: null, timezone: null, locale: null };
    expect(people).toContainEqual(gone);
    expect(people).toHaveLength(3);
  });

  it('holds nothing of any other workspace', async () => {
    const foreign = await platform.query<{ id: string }>('SELECT id FROM workspaces WHERE id <> $1', [mine]);
    const roles = await platform.query<{ id: string }>('SELECT id FROM roles WHERE workspace_id <> $1', [mine]);
    const strangers = await platform.query<{ id: string }>(
      `SELECT id FROM users WHERE id NOT IN (SELECT actor_id FROM events WHERE workspace_id = $1 AND actor_id IS NOT NULL)`,
      [mine],
    );
    const events = await platform.query<{ id: string }>(
      'SELECT id FROM events WHERE workspace_id IS DISTINCT FROM $1',
      [mine],
    );
    const all = JSON.stringify(content);
    for (const ids of [foreign, roles, strangers, events]) {
      expect(ids.length).toBeGreaterThan(0);
      expect(ids.filter(({ id }) => all.includes(id))).toEqual([]);
    }
  });

  it('holds no secret: nothing of any column that is a hash, a token or sealed', async () => {
    const columns = await platform.query<{ table: string; column: string }>(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name ~ 'hash|token|secret|sealed|answer|password'`,
    );
    expect(columns).toEqual(expect.arrayContaining([{ table: 'invitations', column: 'token_hash' }]));
    const all = Object.entries(content).filter(([name]) => name !== 'manifest.json');
    for (const { table, column } of columns) {
      const rows = await platform.query<{ value: string }>(
        `SELECT ${column}::text AS value FROM ${table} WHERE length(${column}::text) > 8`,
      );
      for (const { value } of rows) {
        expect(all.filter(([, text]) => text.includes(value)).map(([name]) => `${table}.${column} in ${name}`)).toEqual(
          [],
        );
      }
    }
    expect(all.map(([, text]) => text).join('')).not.toMatch(/token_hash|password/);
  });

  it('lies in a file for the server alone', async () => {
    const [name = ''] = await storedArchives(platform, mine);
    const { mode } = await stat(filesOf(platform, mine, 'exports', name));
    expect(mode.toString(8).slice(-3)).toBe('600');
  });
});
