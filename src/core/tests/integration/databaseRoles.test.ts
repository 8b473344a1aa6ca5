import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../tests/support/databases';
import { addMember, makeWorkspace, signUp } from '../../../../tests/support/people';
import { TestPlatform } from '../../../../tests/support/testPlatform';

describe('The role that serves requests', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.address.application });
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it.each([
    ['make a table', 'CREATE TABLE mine ()'],
    ['make a table beside the jobs', 'CREATE TABLE graphile_worker.mine ()'],
    ['make a schema', 'CREATE SCHEMA mine'],
    ['change the log', `UPDATE events SET type = 'other'`],
    ['delete from the log', 'DELETE FROM events'],
    ['empty the log', 'TRUNCATE events'],
    ['change the catalogue of permissions', `UPDATE permissions SET description = ''`],
    ['change what built-in roles hold', `INSERT INTO built_in_role_permissions VALUES ('viewer', 'users.delete')`],
    ['change which migrations have run', 'DELETE FROM migrations'],
    ['pass a schema for prepared', 'DELETE FROM prepared_schema'],
    ['switch row-level security off', 'ALTER TABLE members DISABLE ROW LEVEL SECURITY'],
    ['add a policy', 'CREATE POLICY all_rows ON members USING (true)'],
    ['become the owner', 'SET ROLE atrium_test_owner'],
    ['make a role', 'CREATE ROLE mine'],
  ])('can not %s', async (_what, text) => {
    await expect(client.query(text)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('Readiness', () => {
  async function readiness(environment: (database: TestDatabase) => NodeJS.ProcessEnv): Promise<object> {
    const database = await createTestDatabase();
    const platform = await TestPlatform.start({ database, environment: environment(database) });
    try {
      const answer = await fetch(`${platform.address}/readyz`);
      const { status, checks } = (await answer.json()) as { status: string; checks: { database: object } };
      return { code: answer.status, retryAfter: answer.headers.get('retry-after'), status, ...checks.database };
    } finally {
      await platform.stop();
      await database.drop();
    }
  }

  const NO = {
    code: 503,
    retryAfter: '2',
    status: 'unavailable',
    condition: 'down',
    detail: expect.stringContaining('privileged'),
  };
  const YES = { code: 200, retryAfter: null, status: 'ready', condition: 'up' };

  it('is there with a role that owns nothing', async () => {
    await expect(readiness(() => ({}))).resolves.toEqual(YES);
  });

  it('is refused to the owner of the tables', async () => {
    const asOwner = ({ address, adminUrl }: TestDatabase) => ({
      DATABASE_URL: address.migration,
      MIGRATION_DATABASE_URL: adminUrl,
    });
    await expect(readiness(asOwner)).resolves.toEqual(NO);
  });

  it('is refused to a superuser', async () => {
    await expect(readiness(({ adminUrl }) => ({ DATABASE_URL: adminUrl }))).resolves.toEqual(NO);
  });

  it('is there with one credential for all, which steps down to serve', async () => {
    const shared = ({ address }: TestDatabase) => ({
      DATABASE_URL: address.migration,
      MIGRATION_DATABASE_URL: address.migration,
    });
    await expect(readiness(shared)).resolves.toEqual(YES);

    const database = await createTestDatabase();
    const platform = await TestPlatform.start({ database, environment: shared(database) });
    const owner = await signUp(platform);
    const workspaceId = await makeWorkspace(owner);
    await addMember(platform, owner, workspaceId);
    expect((await platform.api.as(owner.accessToken, workspaceId).get('/users')).body.data).toHaveLength(2);
    await platform.stop();
    await database.drop();
  });
});
