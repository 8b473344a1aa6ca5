import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/databases';
import { dataFolder } from '../support/dataFolder';
import { eventually } from '../support/eventually';
import { anAddress, PASSWORD } from '../support/people';
import { ServerProcess } from '../support/ServerProcess';
import { type RunningSmtpServer, startSmtpServer } from '../support/smtpServer';

/** A mail server that accepts connections and never says a word, so that whoever mails is busy. */
class SilentServer {
  readonly connections: Socket[] = [];

  private readonly server: Server = createServer((socket) => this.connections.push(socket.on('error', () => {})));

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    for (const socket of this.connections) socket.destroy();
    this.server.close();
  }
}

describe('Two nodes that share their jobs', () => {
  let database: TestDatabase;
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let silent: SilentServer;
  let smtp: RunningSmtpServer;
  let nodes: ServerProcess[];

  beforeEach(async () => {
    [database, folder, smtp] = await Promise.all([createTestDatabase(), dataFolder(), startSmtpServer()]);
    silent = new SilentServer();
    nodes = [];
  });

  afterEach(async () => {
    for (const node of nodes) await node.kill();
    silent.stop();
    await smtp.stop();
    await database.drop();
    await folder.remove();
  });

  const start = async (smtpUrl: string): Promise<ServerProcess> => {
    const node = await ServerProcess.start({
      DATA_DIR: folder.path,
      DATABASE_URL: database.address.application,
      MIGRATION_DATABASE_URL: database.address.migration,
      JWT_SECRET: 'a secret that outlives the process of the tests',
      EMAIL_SERVICE: 'smtp',
      SMTP_URL: smtpUrl,
      JOB_DRAIN_SECONDS: '1',
    });
    nodes.push(node);
    return node;
  };

  /** Two nodes that take the same jobs, one of which is stuck in its share of them; and whom they are to mail. */
  const busyAndIdle = async (): Promise<{ busy: ServerProcess; emails: string[] }> => {
    const busy = await start(await silent.start());
    const idle = await start(smtp.url);
    const emails: string[] = [];
    while (silent.connections.length < 2) {
      const email = anAddress();
      const { status } = await idle.api.post('/auth/register', { email, name: 'Ada', password: PASSWORD });
      expect(status).toBe(201);
      emails.push(email);
    }
    return { busy, emails };
  };

  /** How many jobs somebody holds. */
  const held = async (): Promise<number> => {
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    const { rowCount } = await client.query('SELECT FROM graphile_worker._private_jobs WHERE locked_at IS NOT NULL');
    await client.end();
    return rowCount ?? 0;
  };

  const mailed = (emails: string[]): Promise<void> =>
    eventually(() => expect(smtp.received.map(({ to }) => to[0]).sort()).toEqual([...emails].sort()), {
      within: 30_000,
    });

  it('Fault 11: lose no job when one is killed, and no more than half a minute', async () => {
    const { busy, emails } = await busyAndIdle();
    await busy.kill();
    expect(await held()).toBeGreaterThan(0);
    await mailed(emails);
  });

  it('let one be stopped in bounded time: what it has not finished goes to the other at once', async () => {
    const { busy, emails } = await busyAndIdle();
    busy.signal('SIGTERM');
    expect(await busy.ended()).toBe(0);
    expect(busy.output).toMatch(/Jobs were not finished in time, and given back jobs=[1-4]/);
    await mailed(emails);
  });
});
