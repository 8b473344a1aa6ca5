import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createTestDatabase } from '../support/databases';
import { dataFolder } from '../support/dataFolder';
import { eventually } from '../support/eventually';
import { anAddress, PASSWORD } from '../support/people';
import { ServerProcess } from '../support/ServerProcess';
import { startSmtpServer } from '../support/smtpServer';

describe('A node that is killed while it mails', () => {
  it('has acknowledged nothing in vain: the next one sends the mail', async () => {
    const [database, folder] = [await createTestDatabase(), await dataFolder()];
    const connections: Socket[] = [];
    // Accepts, and never says a word.
    const silent = createServer((socket) => connections.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const environment = {
      DATA_DIR: folder.path,
      DATABASE_URL: database.address.application,
      MIGRATION_DATABASE_URL: database.address.migration,
      JWT_SECRET: 'a secret that outlives the process of the tests',
      EMAIL_SERVICE: 'smtp',
      SMTP_URL: `smtp://127.0.0.1:${port}`,
    };
    const first = await ServerProcess.start(environment);
    const email = anAddress();
    const { status } = await first.api.post('/auth/register', { email, name: 'Ada', password: PASSWORD });
    expect(status).toBe(201);
    await eventually(() => expect(connections.length).toBeGreaterThan(0));
    await first.kill();
    for (const socket of connections) socket.destroy();
    silent.close();
    await once(silent, 'close');

    const smtp = await startSmtpServer(port);
    const second = await ServerProcess.start(environment);
    try {
      await eventually(() => expect(smtp.received.map(({ to }) => to)).toEqual([[email]]), { within: 10_000 });
    } finally {
      await second.kill();
      await smtp.stop();
      await database.drop();
      await folder.remove();
    }
  });
});
