import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { dataFolder } from '../support/dataFolder';
import { eventually } from '../support/eventually';
import { freePort } from '../support/freePort';
import { anAddress, PASSWORD } from '../support/people';
import { ServerProcess } from '../support/ServerProcess';

describe('The server, as people start it', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let server: ServerProcess;
  let launched: ServerProcess[] = [];

  const start = async (): Promise<ServerProcess> => {
    const started = await ServerProcess.start({ DATA_DIR: folder.path });
    launched.push(started);
    return started;
  };

  const launch = (environment: NodeJS.ProcessEnv): ServerProcess => {
    const started = ServerProcess.launch(environment);
    launched.push(started);
    return started;
  };

  const get = async (path: string): Promise<{ status: number; type: string; body: string }> => {
    const answer = await fetch(`${server.address}${path}`);
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', body: await answer.text() };
  };

  beforeAll(async () => {
    folder = await dataFolder();
    server = await start();
  });

  afterAll(async () => {
    await Promise.all(launched.map((each) => each.kill()));
    launched = [];
    await folder.remove();
  });

  it('says where it listens, where its documentation is, and where mails stay', async () => {
    const { address } = server;
    await eventually(() => expect(server.output).toContain(`Mails stay in ${address}/dev/inbox\n`));
    expect(server.output).toContain(`Atrium listens on ${address}\n`);
    expect(server.output).toContain(`API documentation: ${address}/docs\n`);
    expect(server.output).not.toMatch(/warn|error/i);
  });

  it.each([
    ['/livez', 'application/json', /"alive"/],
    ['/readyz', 'application/json', /^{"status":"ready"/],
    ['/health', 'application/json', /^{"status":"ready"/],
    ['/openapi.json', 'application/json', /"openapi":"3\.1\.0"/],
    ['/docs', 'text/html', /swagger-ui/],
    ['/docs/swagger-ui.css', 'text/css', /swagger-ui/],
    ['/docs/swagger-ui-bundle.js', 'text/javascript', /SwaggerUIBundle/],
    ['/docs/start.js', 'text/javascript', /openapi\.json/],
    ['/problems/last-owner', 'text/html', /LAST_OWNER/],
    ['/dev/inbox', 'text/html', /<title>/],
    ['/dev/inbox.json', 'application/json', /^{"data":\[\]}$/],
  ])('serves %s', async (path, type, body) => {
    const answer = await get(path);
    expect(answer).toMatchObject({ status: 200, type: expect.stringContaining(type) });
    expect(answer.body).toMatch(body);
  });

  it.each(['/', '/problems/no-such-code', '/nowhere'])(
    'serves %s as a page or as a problem, never as a trace',
    async (path) => {
      const { status, type, body } = await get(path);
      expect([200, 404]).toContain(status);
      expect(type).toMatch(status === 200 ? /text\/html/ : /application\/problem\+json/);
      expect(body).not.toContain('node_modules');
    },
  );

  it('refuses a second start on the same data, plainly, and goes on itself', async () => {
    const second = launch({ DATA_DIR: folder.path, PORT: '0' });
    expect(await second.ended()).toBe(1);
    expect(second.output).toMatch(/The start failed.*(in use|already|another)/i);
    expect((await get('/readyz')).status).toBe(200);
  });

  it('refuses a port that is taken', async () => {
    const { port } = new URL(server.address);
    const second = launch({ DATA_DIR: folder.path, PORT: port });
    expect(await second.ended()).toBe(1);
    expect(second.output).toMatch(/The start failed.*EADDRINUSE/);
  });

  it('loses nothing that it acknowledged when it is killed', async () => {
    const email = anAddress();
    const registered = await server.api.post('/auth/register', { email, name: 'Ada', password: PASSWORD });
    expect(registered.status).toBe(201);
    await server.kill();

    server = await start();
    const { status, body } = await server.api.post('/auth/login', { email, password: PASSWORD });
    expect(status).toBe(200);
    // The secret it made for itself is the same one, so whoever was signed in stays so.
    const me = await server.api.as(registered.body.data.accessToken).get('/users/me');
    expect(me.body.data).toEqual(body.data.user);
  });

  it('answers the request in flight when it is asked to stop, and ends with 0', async () => {
    const body = JSON.stringify({ email: anAddress(), name: 'Grace', password: PASSWORD });
    const answered = new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const inFlight = request(
        `${server.address}/api/v1/auth/register`,
        { method: 'POST', headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) } },
        (answer) => {
          void text(answer).then((content) => resolve({ status: answer.statusCode, body: content }), reject);
        },
      ).on('error', reject);
      inFlight.write(body.slice(0, 10), () => {
        server.signal('SIGTERM');
        void eventually(() => expect(server.output).toContain('Stopping on SIGTERM')).then(
          () => inFlight.end(body.slice(10)),
          reject,
        );
      });
    });
    await expect(answered).resolves.toMatchObject({ status: 201 });
    expect(await server.ended()).toBe(0);
    await expect(fetch(`${server.address}/livez`)).rejects.toThrow('fetch failed');
  });

  describe('with settings that do not hold', () => {
    it('ends with 1 and one line that names the variable, without its value', async () => {
      const wrong = launch({ DATA_DIR: folder.path, PORT: 'eighty-secret' });
      expect(await wrong.ended()).toBe(1);
      expect(wrong.output).toBe('PORT must be a whole number from 0 to 65535\n');
    });

    it('ends with 1 and a line for each thing that production asks for', async () => {
      const bare = launch({ NODE_ENV: 'production', PORT: String(await freePort()), JWT_SECRET: 'secret' });
      expect(await bare.ended()).toBe(1);
      const variables = bare.output
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]);
      expect(variables.sort()).toEqual(['DATABASE_URL', 'EMAIL_FROM', 'FRONTEND_URL', 'JWT_SECRET', 'SMTP_URL']);
    });
  });
});
