import { dataFolder } from '../support/dataFolder';
import { PASSWORD, anAddress, register } from '../support/people';
import { runScript, type Outcome } from '../support/runScript';
import { TestPlatform } from '../support/testPlatform';

describe('The scripts, on the database of a running platform', () => {
  let platform: TestPlatform;
  let folder: Awaited<ReturnType<typeof dataFolder>>;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    folder = await dataFolder();
  });

  afterAll(async () => {
    await platform.stop();
    await folder.remove();
  });

  const run = (script: string, args: readonly string[] = [], environment: NodeJS.ProcessEnv = {}): Promise<Outcome> =>
    runScript(platform, folder.path, script, args, environment);

  async function signsIn(email: string, password: string): Promise<boolean> {
    const { status } = await platform.api.post('/auth/login', { email, password });
    return status === 200;
  }

  async function isPlatformAdmin(email: string): Promise<boolean | undefined> {
    const found = 'SELECT platform_admin AS yes FROM users WHERE email = $1';
    const [row] = await platform.query<{ yes: boolean }>(found, [email]);
    return row?.yes;
  }

  describe('migrate', () => {
    it('takes steps back and brings them up again', async () => {
      const back = await run('migrate', ['down', '1']);
      expect(back).toMatchObject({ code: 0, stdout: expect.stringContaining('Schema: reverted') });
      const up = await run('migrate');
      expect(up).toMatchObject({ code: 0, stdout: expect.stringContaining('Schema: migrated') });
      expect(up.stdout).toMatch(/The schema is up to date\.\n$/);
      expect(await run('migrate')).toEqual({ code: 0, stdout: 'The schema is up to date.\n', stderr: '' });
    });

    it('says in one line which setting is wrong', async () => {
      const { code, stderr } = await run('migrate', [], { PORT: 'a lot' });
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^PORT must be .*\n$/) });
    });

    it('tells its usage to whoever asks for something else', async () => {
      const wrong = [['sideways'], ['down', '-1'], ['down', 'all'], ['up', '2']];
      const refusals = wrong.map(async (args) => {
        const refusal = await run('migrate', args);
        expect(refusal).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('Usage') });
      });
      await Promise.all(refusals);
    });
  });

  describe('seed-database', () => {
    it('makes a workspace with somebody in every built-in role, once', async () => {
      const first = await run('seed-database', [], { SEED_PASSWORD: PASSWORD });
      expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining(PASSWORD), stderr: '' });
      const people = await platform.query<{ email: string; role: string }>(
        `SELECT users.email, roles.key AS role FROM users
         JOIN member_roles ON member_roles.user_id = users.id JOIN roles ON roles.id = member_roles.role_id
         WHERE users.email LIKE '%@acme.example' AND users.email_verified_at IS NOT NULL ORDER BY 1`,
      );
      const roles = ['admin', 'member', 'owner', 'viewer'];
      expect(people).toEqual(roles.map((role) => ({ email: `${role}@acme.example`, role })));
      for (const { email } of people) expect(await signsIn(email, PASSWORD)).toBe(true);

      const second = await run('seed-database');
      expect(second).toMatchObject({ code: 0, stdout: expect.stringMatching(/(exists already\n[^]*){4}/) });
      expect(await platform.query(`SELECT FROM workspaces WHERE name = 'Acme'`)).toHaveLength(1);
    });
  });

  describe('create-admin', () => {
    it('opens a verified account, with a password that it shows once', async () => {
      const email = anAddress('admin');
      const { code, stdout } = await run('create-admin', ['--email', email]);
      const [, password = ''] = /shown this once: (\S+)/.exec(stdout) ?? [];
      expect({ code, admin: await isPlatformAdmin(email) }).toEqual({ code: 0, admin: true });
      expect(await signsIn(email, password)).toBe(true);
    });

    it('takes the password it is given, and does not repeat it', async () => {
      const email = anAddress('admin');
      const { stdout } = await run('create-admin', ['--email', email, '--name', 'Grace'], { ADMIN_PASSWORD: PASSWORD });
      expect(stdout).not.toContain(PASSWORD);
      expect(await signsIn(email, PASSWORD)).toBe(true);
    });

    it('promotes an account that exists, and leaves its password alone', async () => {
      const { email } = await register(platform);
      await platform.query('UPDATE users SET email_verified_at = now() WHERE email = $1', [email]);
      for (const time of ['first', 'again']) {
        const { code, stdout } = await run('create-admin', ['--email', email], { ADMIN_PASSWORD: 'another password' });
        expect({ time, code, stdout }).toEqual({
          time,
          code: 0,
          stdout: expect.stringContaining('keeps its password'),
        });
      }
      expect(await isPlatformAdmin(email)).toBe(true);
      expect(await signsIn(email, PASSWORD)).toBe(true);
    });

    it('does not promote an account whose address nobody has proven', async () => {
      const { email } = await register(platform);
      expect(await run('create-admin', ['--email', email])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('never verified'),
      });
      expect(await isPlatformAdmin(email)).toBe(false);
    });
  });

  describe('demo', () => {
    it('holds against a running platform, any number of times', async () => {
      for (const time of ['first', 'again']) {
        const { code, stdout } = await run('demo', ['--url', platform.address]);
        expect({ time, code, stdout }).toEqual({
          time,
          code: 0,
          stdout: expect.stringContaining('statements held, in'),
        });
      }
    });

    it('says so when the rate limit stops it', async () => {
      const limited = await TestPlatform.start({ environment: { RATE_LIMIT_AUTH_MAX_REQUESTS: '1' } });
      const { code, stdout } = await run('demo', ['--url', limited.address]);
      await limited.stop();
      expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('answers 429') });
    });
  });
});
