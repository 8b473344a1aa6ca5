import { Client } from 'pg';
import { RecordingLogger } from '../../../../tests/fixtures/RecordingLogger';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/databases';
import { eventually } from '../../../../tests/support/eventually';
import { silentLogger } from '../../../../tests/support/silentLogger';
import { modules } from '../../../../tests/support/platformModules';
import { allMigrations, prepareDatabase } from '../../bootstrap/database';
import type { AtriumModule } from '../../bootstrap/module';
import { redactText } from '../../config/redact';
import { migrate, revert } from '../../infrastructure/database/migrate';
import type { Migration } from '../../infrastructure/database/Migration';

const migrations = allMigrations(modules);
const names = migrations.map(({ name }) => name).sort();

/** What all tables, policies and grants look like; not what stands in the tables. */
const SCHEMA = `
  SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) AS line
  FROM information_schema.columns WHERE table_schema = 'public'
  UNION ALL SELECT concat_ws(' ', tablename, policyname, roles, cmd, qual, with_check) FROM pg_policies
  UNION ALL SELECT concat_ws(' ', table_name, grantee, privilege_type) FROM information_schema.role_table_grants
            WHERE table_schema = 'public'
  UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace
  ORDER BY 1`;

describe('Migrations', () => {
  let database: TestDatabase;
  let admin: Client;

  beforeEach(async () => {
    database = await createTestDatabase({ migrated: false });
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
  });

  afterEach(async () => {
    await admin.end();
    await database.drop();
  });

  async function lines(text: string): Promise<string[]> {
    const { rows } = await admin.query<{ line: string }>(text);
    return rows.map(({ line }) => line);
  }

  const journal = (): Promise<string[]> => lines('SELECT name AS line FROM migrations ORDER BY 1');
  const tables = (): Promise<string[]> => lines(`SELECT tablename AS line FROM pg_tables WHERE schemaname = 'public'`);
  const prepare = (declared = modules): Promise<void> => prepareDatabase(database.address, declared, silentLogger);

  it('bring an empty database up, step by step, and have nothing to do the next time', async () => {
    const first = new RecordingLogger();
    await prepareDatabase(database.address, modules, first);
    expect(await journal()).toEqual(names);
    expect(first.messages('info')).toEqual(names.map((name) => `Schema: migrated ${name}`));

    const schema = await lines(SCHEMA);
    const second = new RecordingLogger();
    await prepareDatabase(database.address, modules, second);
    expect(second.lines).toEqual([]);
    expect(await lines(SCHEMA)).toEqual(schema);
  });

  it('have names that the log shows', () => {
    for (const name of names) expect(redactText(`Schema: migrated ${name}`)).toBe(`Schema: migrated ${name}`);
  });

  it('run once, though five nodes start at the same moment', async () => {
    const logger = new RecordingLogger();
    await Promise.all(Array.from({ length: 5 }, () => prepareDatabase(database.address, modules, logger)));
    expect(await journal()).toEqual(names);
    expect(logger.messages('info')).toEqual(names.map((name) => `Schema: migrated ${name}`));
  });

  it('can all be taken back, one by one or at once, and come again the same', async () => {
    await prepare();
    const schema = await lines(SCHEMA);
    await revert(database.address, migrations, 1, silentLogger);
    expect(await journal()).toEqual(names.slice(0, -1));
    await revert(database.address, migrations, names.length - 1, silentLogger);
    expect((await tables()).sort()).toEqual(['migrations', 'prepared_schema']);
    await prepare();
    expect(await lines(SCHEMA)).toEqual(schema);
  });

  describe('that end in the middle', () => {
    const next: Migration = {
      name: '20991231T0001-test-next',
      up: (sql) => sql('CREATE TABLE next ()'),
      down: (sql) => sql('DROP TABLE next'),
    };

    const half = (rest: Migration['up']): Migration => ({
      name: '20991231T0000-test-half',
      async up(sql) {
        await sql('CREATE TABLE half ()');
        await rest(sql);
      },
      down: (sql) => sql('DROP TABLE half'),
    });

    const run = (step: Migration): Promise<void> =>
      migrate(database.address, { migrations: [...migrations, step, next], seeds: [], fingerprint: '' }, silentLogger);

    async function expectNoHalfStep(): Promise<void> {
      expect(await journal()).toEqual(names);
      expect(await tables()).not.toContain('half');
      await run(half(async () => {}));
      expect(await journal()).toEqual([...names, '20991231T0000-test-half', '20991231T0001-test-next']);
      expect(await tables()).toEqual(expect.arrayContaining(['half', 'next']));
    }

    it('by an error leave no half step, and go on from there when it is mended', async () => {
      const failing = half(() => Promise.reject(new Error('wrong step')));
      await expect(run(failing)).rejects.toThrow('wrong step');
      await expectNoHalfStep();
    });

    it('by a statement that fails leave no half step', async () => {
      await expect(run(half((sql) => sql('SELECT 1; SELECT nonsense')))).rejects.toThrow('nonsense');
      await expectNoHalfStep();
    });

    it('by a statement that fails tell which one it was, and what it failed of', async () => {
      const failure: unknown = await run(half((sql) => sql('CREATE TABEL wrong ()'))).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        message: 'Migration 20991231T0000-test-half failed: syntax error at or near "TABEL"',
        cause: expect.objectContaining({ code: '42601' }),
      });
      expect(Object.keys(Object(failure))).toEqual([]);
    });

    it('by a connection that is cut leave no half step, and let the next one go on', async () => {
      const cut = expect(run(half((sql) => sql('SELECT pg_sleep(60)')))).rejects.toThrow();
      await eventually(async () => {
        const ended = await admin.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid() AND query = 'SELECT pg_sleep(60)'`,
        );
        expect(ended.rowCount).toBe(1);
      });
      await cut;
      await expectNoHalfStep();
    });
  });

  describe('seed the catalogue of permissions', () => {
    const catalogue = (): Promise<string[]> =>
      lines(`SELECT concat_ws(': ', key, description) AS line FROM permissions ORDER BY key`);
    const grants = (): Promise<string[]> =>
      lines(`SELECT role_key || ' ' || permission AS line FROM built_in_role_permissions ORDER BY 1`);

    function declared(list: readonly AtriumModule[]): { catalogue: string[]; grants: string[] } {
      const permissions = list.flatMap((module) => module.permissions);
      return {
        catalogue: permissions.map(({ key, description }) => `${key}: ${description}`).sort(),
        grants: permissions.flatMap(({ key, heldBy }) => ['owner', ...heldBy].map((role) => `${role} ${key}`)).sort(),
      };
    }

    const expectDeclared = async (list: readonly AtriumModule[]): Promise<void> =>
      expect({ catalogue: await catalogue(), grants: await grants() }).toEqual(declared(list));

    it('as it is declared', async () => {
      await prepare();
      await expectDeclared(modules);
    });

    it('as it changes: one more, one less, another text, other holders', async () => {
      await prepare();
      const changed = modules.map((module) => {
        const [first, ...others] = module.permissions;
        if (!first) return module;
        const added = { key: `${module.name}.added`, description: 'New', heldBy: ['viewer'] } as const;
        const kept = others.map((permission) => ({ ...permission, description: 'Otherwise', heldBy: [] }));
        return { ...module, permissions: [...kept, added] };
      });
      await prepare(changed);
      await expectDeclared(changed);
      await prepare();
      await expectDeclared(modules);
    });
  });
});
