import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, realpath, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { appearance, kill, startElsewhere } from '../../../../tests/support/embeddedPostgresProcess';
import { query } from '../../../../tests/support/query';
import { EmbeddedPostgres } from '../../infrastructure/database/EmbeddedPostgres';

const settings = { fsync: 'off' };

describe('EmbeddedPostgres', () => {
  const folders: string[] = [];
  let dataDir: string;
  let running: EmbeddedPostgres | undefined;

  async function temporaryFolder(mode: number): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'atrium-test-'));
    folders.push(folder);
    await chmod(folder, mode);
    return folder;
  }

  async function start(folder = dataDir): Promise<EmbeddedPostgres> {
    running = await EmbeddedPostgres.start({ dataDir: folder, settings });
    return running;
  }

  function lockFile(): string {
    return join(dataDir, 'postgres/data/postmaster.pid');
  }

  async function serverProcess(): Promise<number> {
    return Number.parseInt(await readFile(lockFile(), 'utf8'), 10);
  }

  beforeAll(async () => {
    dataDir = await temporaryFolder(0o711);
    const { ownerUrl } = await start();
    await query(ownerUrl, `CREATE TABLE notes AS SELECT 'kept' AS text`);
    await running?.stop();
  });

  afterEach(() => running?.stop());

  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  async function expectTheData({ ownerUrl }: EmbeddedPostgres): Promise<void> {
    expect(await query(ownerUrl, 'SELECT text FROM notes')).toEqual([{ text: 'kept' }]);
  }

  it('keeps its data over a restart', async () => {
    await expectTheData(await start());
  });

  it('is gone when stop resolves, and can be stopped twice', async () => {
    const postgres = await start();
    const client = new Client({ connectionString: postgres.applicationUrl });
    client.on('error', () => undefined);
    await client.connect();

    await Promise.all([postgres.stop(), postgres.stop()]);

    expect(await postgres.exited).toBeUndefined();
    expect(existsSync(lockFile())).toBe(false);
    await expect(query(postgres.adminUrl, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await client.end();
  });

  it('has a superuser, an owner that migrates, and an application role that owns nothing', async () => {
    const { adminUrl, ownerUrl, applicationUrl } = await start();

    const roles = await query(
      adminUrl,
      `SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication
       FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY rolname`,
    );
    const plain = { rolcanlogin: true, rolsuper: false, rolbypassrls: false, rolcreaterole: false };
    expect(roles).toEqual([
      { ...plain, rolname: 'atrium', rolcreatedb: false, rolreplication: false },
      { ...plain, rolname: 'atrium_owner', rolcreaterole: true, rolcreatedb: false, rolreplication: false },
      expect.objectContaining({ rolname: 'postgres', rolsuper: true }),
    ]);
    const who = 'SELECT current_user::text AS role, current_database()::text AS database';
    expect(await query(adminUrl, who)).toEqual([{ role: 'postgres', database: 'atrium' }]);
    expect(await query(ownerUrl, who)).toEqual([{ role: 'atrium_owner', database: 'atrium' }]);
    expect(await query(applicationUrl, who)).toEqual([{ role: 'atrium', database: 'atrium' }]);
    const owners = `SELECT DISTINCT datdba::regrole::text AS owner FROM pg_database WHERE datname = 'atrium'`;
    expect(await query(adminUrl, owners)).toEqual([{ owner: 'atrium_owner' }]);
    const owned = `SELECT * FROM pg_shdepend WHERE refobjid = 'atrium'::regrole AND deptype = 'o'`;
    expect(await query(adminUrl, owned)).toEqual([]);
  });

  it('lets the application role do nothing but connect to its database', async () => {
    const { applicationUrl } = await start();
    const denied = { code: '42501' };

    await expect(query(applicationUrl, 'SELECT * FROM notes')).rejects.toMatchObject(denied);
    await expect(query(applicationUrl, 'CREATE TABLE mine ()')).rejects.toMatchObject(denied);
    await expect(query(applicationUrl, 'CREATE TEMP TABLE mine ()')).rejects.toMatchObject(denied);
    await expect(query(applicationUrl, 'CREATE SCHEMA mine')).rejects.toMatchObject(denied);
    const elsewhere = applicationUrl.replace(/atrium$/, 'postgres');
    await expect(query(elsewhere, 'SELECT 1')).rejects.toMatchObject(denied);
  });

  it('lets nobody in without the password, which only its user can read', async () => {
    const { adminUrl, applicationUrl } = await start();
    const swapped = new URL(adminUrl);
    swapped.password = new URL(applicationUrl).password;

    await expect(query(swapped.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(join(dataDir, 'postgres/password'))).mode % 0o1000).toBe(0o600);
  });

  it('listens on the loopback address only, and is durable unless told otherwise', async () => {
    running = await EmbeddedPostgres.start({ dataDir });
    const { adminUrl } = running;

    const shown = await query(
      adminUrl,
      `SELECT name, setting FROM pg_settings WHERE name IN
       ('listen_addresses', 'unix_socket_directories', 'fsync', 'data_checksums', 'server_encoding')
       ORDER BY name`,
    );
    expect(shown.map(({ name, setting }) => `${name}=${setting}`)).toEqual([
      'data_checksums=on',
      'fsync=on',
      'listen_addresses=127.0.0.1',
      'server_encoding=UTF8',
      'unix_socket_directories=',
    ]);
    expect(Number(new URL(adminUrl).port)).toBeLessThan(32_768);
  });

  it('knows letters beyond ASCII, in trigrams too', async () => {
    const { ownerUrl } = await start();
    await query(ownerUrl, 'CREATE EXTENSION IF NOT EXISTS pg_trgm');

    const rows = await query(ownerUrl, `SELECT lower('ÉTÉ') AS lower, similarity('Привет', 'привет') AS alike`);
    expect(rows).toEqual([{ lower: 'été', alike: 1 }]);
  });

  it('says plainly that another Atrium is running there, and leaves that one alone', async () => {
    const first = await start();
    const pid = await serverProcess();

    await expect(EmbeddedPostgres.start({ dataDir, settings })).rejects.toThrow(
      `Another Atrium is already running on ${dataDir} (PostgreSQL process ${pid}).`,
    );
    await expectTheData(first);
  });

  it('ends with a process that is killed, which the next start need not wait for', async () => {
    const child = startElsewhere(dataDir);
    const [url] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    const client = new Client({ connectionString: url.toString().trim() });
    client.on('error', () => undefined);
    await client.connect();
    const cutOff = new Promise<void>((resolve) => {
      client.on('end', resolve);
    });
    await kill(child);

    await expectTheData(await start());
    await cutOff;
  });

  it('tells when the server dies, and survives the lock that it leaves behind', async () => {
    const postgres = await start();
    process.kill(await serverProcess(), 'SIGKILL');

    expect(await postgres.exited).toEqual(
      new Error(`PostgreSQL has ended (137); ${join(await realpath(dataDir), 'postgres/log')} tells why.`),
    );
    expect(existsSync(lockFile())).toBe(true);
    await expectTheData(await start());
  });

  it('survives a lock whose process id belongs to another program by now', async () => {
    const other = spawn('sleep', ['60']);
    const old = new Date(Date.now() - 3_600_000);
    await writeFile(lockFile(), `${other.pid}\n${dataDir}\n1\n1\n\n127.0.0.1\n\nready   \n`);
    await utimes(lockFile(), old, old);

    await expectTheData(await start());
    expect(await serverProcess()).not.toBe(other.pid);
    await kill(other);
  });

  it('makes up for roles and a database that an earlier start did not come to', async () => {
    const folder = await temporaryFolder(0o711);
    const first = await start(folder);
    const maintenance = first.adminUrl.replace(/atrium$/, 'postgres');
    await query(maintenance, 'DROP DATABASE atrium');
    await query(maintenance, 'DROP ROLE atrium');
    await first.stop();

    const { applicationUrl } = await start(folder);
    expect(await query(applicationUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('starts over where it was killed while it initialized', async () => {
    const folder = await temporaryFolder(0o711);
    const child = startElsewhere(folder);
    const draft = await appearance(folder, 'postgres.new-');
    await appearance(draft, 'data');
    await kill(child);
    expect(existsSync(join(folder, 'postgres'))).toBe(false);

    const { applicationUrl } = await start(folder);
    expect(await query(applicationUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await readdir(folder)).toEqual(['postgres']);
  });

  it('keeps its data where the unprivileged user can not come, too', async () => {
    const folder = await temporaryFolder(0o700);
    const first = await start(folder);
    folders.push(await realpath(join(folder, 'postgres')));
    await query(first.ownerUrl, `CREATE TABLE notes AS SELECT 'kept' AS text`);
    await first.stop();

    await expectTheData(await start(folder));
  });
});
