import { eventually } from '../../../../tests/support/eventually';
import { anAddress, register } from '../../../../tests/support/people';
import { TestPlatform } from '../../../../tests/support/testPlatform';

describe('When the database drops all connections', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  afterAll(() => platform.stop());

  function dropAllConnections(): Promise<unknown> {
    return platform.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
  }

  it('serves again, and works on jobs again', async () => {
    await register(platform);

    await dropAllConnections();

    await eventually(async () => expect((await fetch(`${platform.address}/readyz`)).status).toBe(200));
    const { email } = await register(platform, { email: anAddress('after') });
    await eventually(async () => expect(await platform.mailsTo(email)).toHaveLength(1));
  });

  it('drops what it had looked up, for a signal may have been missed', async () => {
    const { api, id } = await register(platform);
    expect((await api.get('/users/me')).status).toBe(200);

    await dropAllConnections();
    await platform.query(`UPDATE users SET status = 'banned' WHERE id = $1`, [id]);

    await eventually(async () => expect((await api.get('/users/me')).body.code).toBe('ACCOUNT_BANNED'));
  });
});
