import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { freePort } from '../../../../tests/support/freePort';
import { type RunningSmtpServer, startSmtpServer } from '../../../../tests/support/smtpServer';
import { SmtpMailer } from '../../infrastructure/mail/SmtpMailer';

const FROM = { name: 'Atrium, Inc. <Ünïted>', address: 'no-reply@atrium.test' };

const mail = (changes: object = {}) => ({
  to: 'ada@example.test',
  subject: 'Welcome',
  text: 'Hello in plain text',
  html: '<p>Hello in HTML</p>',
  ...changes,
});

const headersOf = (raw: string): string[] => {
  const [head = ''] = raw.split('\r\n\r\n');
  return head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
};

/** Answers a little now and then, so that it never counts as silent. */
const trickle = (socket: Socket): void => {
  socket.write('220 hello\r\n');
  const drip = setInterval(() => socket.write('250-more to come\r\n'), 20);
  socket.on('close', () => clearInterval(drip));
};

describe('SmtpMailer', () => {
  let server: RunningSmtpServer;
  let mailer: SmtpMailer;

  beforeEach(async () => {
    server = await startSmtpServer();
    mailer = await SmtpMailer.create({ url: server.url, from: FROM });
  });

  afterEach(async () => {
    mailer.close();
    await server.stop();
  });

  it('delivers text and HTML to the one recipient, from our address', async () => {
    await mailer.send(mail());
    expect(server.received).toHaveLength(1);
    const [received] = server.received;
    expect(received).toMatchObject({ from: 'no-reply@atrium.test', to: ['ada@example.test'] });
    expect(received?.raw).toMatch(/text\/plain[^]+Hello in plain text[^]+text\/html[^]+<p>Hello in HTML<\/p>/);
    expect(headersOf(received?.raw ?? '')).toEqual(
      expect.arrayContaining([
        'To: ada@example.test',
        'Subject: Welcome',
        expect.stringMatching(/^From: .+ <no-reply@atrium\.test>$/),
      ]),
    );
  });

  it('delivers many mails at once over its few connections', async () => {
    const recipients = Array.from({ length: 30 }, (_, number) => `person-${number}@example.test`);
    await Promise.all(recipients.map((to) => mailer.send(mail({ to }))));
    expect(server.received.flatMap(({ to }) => to).sort()).toEqual(recipients.sort());
  });

  it.each([
    'ada@example.test, eve@evil.test',
    'ada@example.test,eve@evil.test',
    'ada@example.test; eve@evil.test',
    'ada@example.test eve@evil.test',
    'ada@example.test\r\nBcc: eve@evil.test',
    'ada@example.test\nBcc:eve@evil.test',
    'ada@example.test\u0000',
    'ada@example.test>\r\nRCPT TO:<eve@evil.test',
    'eve@evil.test <ada@example.test>',
    '<ada@example.test>',
    '"ada@example.test" <eve@evil.test>',
    '"a b"@example.test',
    'team: ada@example.test, eve@evil.test;',
    'ada@example.test (eve@evil.test)',
    'ada@eve@evil.test',
    'ada',
    '@example.test',
    'ada@',
    '',
    `${'a'.repeat(250)}@example.test`,
  ])('refuses %j as a recipient, and sends nothing', async (to) => {
    await expect(mailer.send(mail({ to }))).rejects.toThrow('exactly one plain address');
    expect(server.received).toEqual([]);
  });

  it.each(['ada+news@example.test', "o'brien@sub.example.test", 'a.b_c-d=e@example.co', 'user@localhost'])(
    'delivers to %s',
    async (to) => {
      await mailer.send(mail({ to }));
      expect(server.received).toMatchObject([{ to: [to] }]);
    },
  );

  it('lets no control character into a header', async () => {
    await mailer.send(mail({ subject: 'Hi\u0000\u001b[31m\tAda' }));
    expect(headersOf(server.received[0]?.raw ?? '')).toContain('Subject: Hi [31m Ada');
  });

  it.each(['Hi\r\nBcc: eve@evil.test', 'Hi\nX-Evil: 1', 'Hi\r\n\r\nbody', 'Ünï\r\nBcc: eve@evil.test'])(
    'lets a subject add no header: %j',
    async (subject) => {
      await mailer.send(mail({ subject }));
      const [received] = server.received;
      const names = headersOf(received?.raw ?? '').map((header) => header.split(':')[0]);
      expect(names.sort()).toEqual(['Content-Type', 'Date', 'From', 'MIME-Version', 'Message-ID', 'Subject', 'To']);
      expect(received?.to).toEqual(['ada@example.test']);
    },
  );

  it('sends a body as it is, and nothing that it merely names', async () => {
    await mailer.send(mail({ text: '.\r\nRCPT TO:<eve@evil.test>\r\n.\r\nQUIT' }));
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.raw).toContain('RCPT TO:<eve@evil.test>');
  });

  it('sends no more once it is closed', async () => {
    await mailer.send(mail());
    mailer.close();
    await expect(mailer.send(mail())).rejects.toThrow();
    expect(server.received).toHaveLength(1);
  });
});

describe('SmtpMailer and a server in trouble', () => {
  let mailer: SmtpMailer;
  let cleanUp: () => Promise<unknown>;

  afterEach(async () => {
    mailer.close();
    await cleanUp();
  });

  it('fails while the server is down, and delivers when it is up', async () => {
    const port = await freePort();
    cleanUp = async () => {};
    mailer = await SmtpMailer.create({ url: `smtp://127.0.0.1:${port}`, from: FROM });
    await expect(mailer.send(mail())).rejects.toThrow('ECONNREFUSED');

    const server = await startSmtpServer(port);
    cleanUp = () => server.stop();
    await mailer.send(mail());
    expect(server.received).toHaveLength(1);

    await server.stop();
    await expect(mailer.send(mail())).rejects.toThrow();
  });

  it.each<[string, RegExp, (socket: Socket) => void]>([
    ['never greets', /Greeting never received|Timeout/, () => {}],
    ['hangs up', /connection was closed|aborted/, (socket) => socket.destroy()],
    ['greets and then says nothing', /Timeout/, (socket) => socket.write('220 hello\r\n')],
    ['never comes to an end', /aborted/, trickle],
    ['refuses', /554 go away/, (socket) => socket.end('554 go away\r\n')],
  ])('gives up on a server that %s', async (_trouble, reason, greet) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      greet(socket);
    }).listen(0, '127.0.0.1');
    cleanUp = () => {
      sockets.forEach((socket) => socket.destroy());
      return once(server.close(), 'close');
    };
    await once(server, 'listening');

    const { port } = server.address() as AddressInfo;
    mailer = await SmtpMailer.create({ url: `smtp://127.0.0.1:${port}`, from: FROM, timeoutMs: 100 });
    await expect(mailer.send(mail())).rejects.toThrow(reason);
  });
});
