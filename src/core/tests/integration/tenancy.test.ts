import type { Sequelize } from 'sequelize';
import { fullWorkspace, rowsOfWorkspace } from '../../../../tests/support/fullWorkspace';
import { tenancyGaps, tenantTables, workspaceColumn } from '../../../../tests/support/tenancy';
import { TestPlatform } from '../../../../tests/support/testPlatform';
import { newId } from '../../domain/Id';
import type { SequelizeUnitOfWork } from '../../infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../infrastructure/database/Statement';

/** The application may not even try to change these, or to delete from them. */
const APPEND_ONLY = ['audit_entries', 'audit_links', 'events'];

describe('The database keeps tenants apart', () => {
  let platform: TestPlatform;
  let unitOfWork: SequelizeUnitOfWork;
  let tables: string[];
  let mine: string;
  let theirs: string;

  const as = (workspaceId: string, text: string, values: unknown[] = []): Promise<object[]> =>
    unitOfWork.run({ workspaceId }, () => unitOfWork.execute(statement(`test.${newId()}`, text), values));

  beforeAll(async () => {
    platform = await TestPlatform.start();
    unitOfWork = platform.service('unitOfWork');
    tables = await tenantTables(platform);
    [mine, theirs] = [(await fullWorkspace(platform)).id, (await fullWorkspace(platform)).id];
  });

  afterAll(() => platform.stop());

  describe('by its catalogue', () => {
    it('in every table, view and foreign key', async () => {
      expect(tables).toEqual(expect.arrayContaining(['events', 'invitations', 'members', 'roles', 'workspaces']));
      expect(await tenancyGaps(platform)).toEqual([]);
    });

    it.each([
      [
        'a table without any protection',
        'CREATE TABLE gap (workspace_id uuid)',
        [
          'gap: row-level security is not enabled',
          'gap: row-level security does not bind the owner',
          'gap: no policy looks at app.workspace_id',
          'gap: workspace_id may be null',
        ],
      ],
      [
        'a policy that admits everybody',
        `CREATE TABLE gap (workspace_id uuid NOT NULL);
         ALTER TABLE gap ENABLE ROW LEVEL SECURITY;
         ALTER TABLE gap FORCE ROW LEVEL SECURITY;
         CREATE POLICY mine ON gap USING (workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid);
         CREATE POLICY everybody ON gap FOR SELECT USING (true)`,
        ['gap: the policy everybody admits rows without looking at any scope'],
      ],
      [
        'a foreign key that could lead to another tenant',
        `CREATE UNIQUE INDEX role_ids ON roles (id);
         CREATE TABLE gap (role_id uuid REFERENCES roles (id))`,
        ['gap: gap_role_id_fkey does not carry the workspace'],
      ],
      [
        'a view with the rights of its owner',
        'CREATE VIEW gap_view AS SELECT * FROM members',
        ['gap_view: the view reads as its owner'],
      ],
    ])('and the check notices %s', async (_what, text, gaps) => {
      await platform.query(text);
      try {
        expect(await tenancyGaps(platform)).toEqual([...gaps].sort());
      } finally {
        await platform.query('DROP TABLE IF EXISTS gap; DROP VIEW IF EXISTS gap_view; DROP INDEX IF EXISTS role_ids');
      }
    });
  });

  describe('8: at run time', () => {
    let snapshot: string[];

    const rowsOf = (workspaceId: string): Promise<string[]> => rowsOfWorkspace(platform, workspaceId);

    beforeAll(async () => {
      await rowsOf(mine);
      snapshot = await rowsOf(theirs);
    });

    /** All but those that the database computes. */
    const writableColumns = async (table: string): Promise<string> => {
      const columns = await platform.query<{ name: string }>(
        `SELECT attname AS name FROM pg_attribute
         WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
        [table],
      );
      return columns.map(({ name }) => name).join(', ');
    };

    it('no scope shows no row of any tenant table', async () => {
      for (const table of tables) {
        const seen = await unitOfWork.read({}, statement(`test.all-${table}`, `SELECT 1 FROM ${table}`));
        expect({ table, seen }).toEqual({ table, seen: [] });
      }
    });

    it('the scope of one workspace shows its rows and no others', async () => {
      for (const table of tables) {
        const column = workspaceColumn(table);
        const seen = await as(mine, `SELECT DISTINCT ${column} AS workspace FROM ${table}`);
        expect({ table, seen }).toEqual({ table, seen: [{ workspace: mine }] });
      }
    });

    it('outside of any workspace a person reads what the roles grant that they hold, and nothing of others', async () => {
      const columns = 'role_permissions.workspace_id, role_permissions.role_id, permission';
      const [holder] = await platform.query<{ id: string }>(`SELECT owner_id AS id FROM workspaces WHERE id = $1`, [
        mine,
      ]);
      const held = await platform.query(
        `SELECT ${columns} FROM role_permissions JOIN member_roles USING (workspace_id, role_id) WHERE user_id = $1`,
        [holder?.id],
      );
      expect(held).toMatchObject([{ workspace_id: mine }]);
      const all = statement('test.grants', `SELECT ${columns} FROM role_permissions`);
      expect(await unitOfWork.read({ userId: holder?.id ?? '' }, all)).toEqual(held);
      expect(await unitOfWork.read({ userId: newId() }, all)).toEqual([]);
    });

    it('nothing is written into another workspace', async () => {
      for (const table of tables) {
        const column = workspaceColumn(table);
        const [row] = await platform.query(`SELECT to_jsonb(t) AS row FROM ${table} AS t WHERE ${column} = $1`, [
          theirs,
        ]);
        const columns = await writableColumns(table);
        const copy = `INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE
          SELECT ${columns} FROM jsonb_populate_record(NULL::${table}, $1)`;
        await expect(as(mine, copy, [row?.row])).rejects.toMatchObject({ code: '42501' });
        await expect(as(mine, `UPDATE ${table} SET ${column} = $1`, [theirs])).rejects.toMatchObject({ code: '42501' });
      }
    });

    it('nothing of another workspace is changed or deleted', async () => {
      for (const table of tables.filter((each) => !APPEND_ONLY.includes(each))) {
        const column = workspaceColumn(table);
        const named = `${table} WHERE ${column} = $1 RETURNING 1 AS touched`;
        expect(await as(mine, `DELETE FROM ${named}`, [theirs])).toEqual([]);
        const unchanged = `UPDATE ${table} SET ${column} = ${column} WHERE ${column} = $1 RETURNING 1 AS touched`;
        expect(await as(mine, unchanged, [theirs])).toEqual([]);
      }
      expect(await rowsOf(theirs)).toEqual(snapshot);
    });

    it('50 reads at once for 50 workspaces leak nothing over the pooled connections', async () => {
      const ids = Array.from({ length: 50 }, () => newId<string>());
      await platform.query(
        `INSERT INTO workspaces SELECT id, 'Many', 'many-' || id, null, '{}', (SELECT min(id::text)::uuid FROM users), now(), now(), 1
         FROM unnest($1::uuid[]) AS id`,
        [ids],
      );
      const which = statement('test.which', 'SELECT id FROM workspaces');
      const both = ids.flatMap((workspaceId) => [
        unitOfWork.read({ workspaceId }, which),
        unitOfWork.run({ workspaceId }, () => unitOfWork.execute(which)),
      ]);
      expect(await Promise.all(both)).toEqual(ids.flatMap((id) => [[{ id }], [{ id }]]));
    });

    it('a connection that goes back to the pool has no scope left', async () => {
      const sequelize = platform.service<Sequelize>('sequelize');
      const scopes = (): Promise<unknown[]> =>
        Promise.all(
          Array.from({ length: 10 }, async () => {
            const [[row]] = await sequelize.query(
              `SELECT concat(current_setting('app.workspace_id', true), current_setting('app.user_id', true),
                             current_setting('app.platform', true)) AS scope, count(*)::int AS seen FROM members`,
            );
            return row;
          }),
        );
      const nothing = Array.from({ length: 10 }, () => ({ scope: '', seen: 0 }));
      await as(mine, 'SELECT 1');
      expect(await scopes()).toEqual(nothing);
      await as(mine, 'SELECT 1 / 0').catch(() => {});
      expect(await scopes()).toEqual(nothing);
      await unitOfWork.read({ platform: true }, statement('test.platform', 'SELECT 1'));
      expect(await scopes()).toEqual(nothing);
    });
  });
});
