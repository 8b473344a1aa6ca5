import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { httpExchange, type Exchange } from '../../../../tests/support/httpExchange';
import { HttpServer } from '../../presentation/HttpServer';

const teapot = () => Object.assign(new Error('I am a teapot'), { status: 418, stack: 'Error: I am a teapot' });

/** Its own address is another one each time, as the date is. */
const EPHEMERAL = /^(Date|Last-Modified):/;

const answerWithJson: ErrorRequestHandler = (error: { status?: number; message: string }, _request, response, next) => {
  if (error.message.includes('teapot')) next(error);
  else response.status(error.status ?? 500).json({ message: error.message });
};

/** A little of everything that Express does with requests and responses. */
function sampleApp(): Express {
  const inner = express();
  inner.get('/inside', (request, response) => {
    response.json({ base: request.baseUrl, own: request.app === inner, path: request.path });
  });

  const app = express();
  app.set('trust proxy', 1);
  app.use('/inner', inner);
  app.get('/inner/outside', (request, response) => {
    response.json({ own: request.app === app, sameResponse: response.app === app });
  });
  app.get('/json', (_request, response) => {
    response.json({ text: 'Grüße, 世界', list: [1, 2, 3] });
  });
  app.post('/echo', express.json(), (request, response) => {
    response
      .status(201)
      .location('/echo/1')
      .json({ received: request.body as unknown });
  });
  app.get('/seen', (request, response) => {
    const { ip, ips, protocol, secure, hostname, subdomains, query, xhr, fresh, originalUrl } = request;
    const accepts = request.accepts(['json', 'html']);
    response.json({ ip, ips, protocol, secure, hostname, subdomains, query, xhr, fresh, originalUrl, accepts });
  });
  app.get('/user/:name', ({ params }, response) => {
    response.vary('Accept').format({
      text: () => response.send(`Hello, ${params.name}`),
      json: () => response.json({ hello: params.name }),
    });
  });
  app.get('/redirect', (_request, response) => response.redirect('/json?a=1&b=<2>'));
  app.get('/moved', (_request, response) => response.redirect(308, 'https://example.com/ä'));
  app.get('/cookies', (_request, response) => {
    response.cookie('a', '1', { httpOnly: true, sameSite: 'lax' }).clearCookie('b').sendStatus(202);
  });
  app.get('/text', (_request, response) => response.type('txt').send('plain'));
  app.get('/bytes', (_request, response) => response.attachment('ä.bin').send(Buffer.from([0, 1, 2, 255])));
  app.get('/nothing', (_request, response) => response.status(204).end());
  app.get('/file', (_request, response) => response.sendFile(__filename));
  app.get('/stream', (_request, response) => {
    response.set('X-Stream', 'yes').write('first,');
    setImmediate(() => response.write('second,', () => response.end('third')));
  });
  app.get('/gzip', (_request, response) => {
    response.set({ 'Content-Encoding': 'gzip', 'Content-Type': 'text/plain' });
    Readable.from(['compressed '.repeat(1_000)])
      .pipe(createGzip())
      .pipe(response);
  });
  app.get('/throws', () => {
    throw new Error('thrown');
  });
  app.get('/rejects', () => Promise.reject(new Error('rejected')));
  app.get('/teapot', () => {
    throw teapot();
  });
  app.use(answerWithJson);
  return app;
}

describe('An Express application behind HttpServer', () => {
  const fast = new HttpServer();
  let plain: Server;
  let addresses: [fast: string, plain: string];

  beforeAll(async () => {
    const fastAddress = await fast.listen(0, '127.0.0.1');
    fast.serve(sampleApp());
    plain = createServer({ keepAliveTimeout: fast.server.keepAliveTimeout }, sampleApp()).listen(0, '127.0.0.1');
    await once(plain, 'listening');
    addresses = [fastAddress, `http://127.0.0.1:${(plain.address() as AddressInfo).port}`];
  });

  afterAll(async () => {
    await fast.close();
    plain.closeAllConnections();
    plain.close();
  });

  async function bothAnswers(exchange: Exchange) {
    const answers = addresses.map(async (address) => {
      const { body, headers, ...rest } = await httpExchange(address, exchange);
      const lasting = headers.filter((header) => !EPHEMERAL.test(header));
      return { ...rest, headers: lasting, body: body.toString('latin1').replaceAll(new URL(address).host, 'HOST') };
    });
    return Promise.all(answers);
  }

  const JSON_BODY = { 'Content-Type': 'application/json' };

  it.each<[status: number, exchange: Exchange]>([
    [200, { path: '/json' }],
    [200, { path: '/json', method: 'HEAD' }],
    [200, { path: '/json', method: 'OPTIONS' }],
    [304, { path: '/json', headers: { 'If-None-Match': '*' } }],
    [404, { path: '/json', method: 'DELETE' }],
    [201, { path: '/echo', method: 'POST', headers: JSON_BODY, body: '{"a":{"b":[1,"ü"]}}' }],
    [201, { path: '/echo', method: 'POST', headers: { ...JSON_BODY, 'Transfer-Encoding': 'chunked' }, body: '[1]' }],
    [201, { path: '/echo', method: 'POST', headers: { ...JSON_BODY, Expect: '100-continue' }, body: '{}' }],
    [400, { path: '/echo', method: 'POST', headers: JSON_BODY, body: '{"a":' }],
    [413, { path: '/echo', method: 'POST', headers: JSON_BODY, body: JSON.stringify('x'.repeat(200_000)) }],
    [415, { path: '/echo', method: 'POST', headers: { ...JSON_BODY, 'Content-Encoding': 'x' }, body: '{}' }],
    [201, { path: '/echo', method: 'POST' }],
    [200, { path: '/seen?a=1&a=2&b[c]=3', headers: { Host: 'a.b.example.com', Accept: 'text/html' } }],
    [200, { path: '/seen', headers: { 'X-Forwarded-For': '203.0.113.7', 'X-Forwarded-Proto': 'https' } }],
    [200, { path: '/seen', headers: { 'X-Requested-With': 'XMLHttpRequest', 'Cache-Control': 'no-cache' } }],
    [200, { path: '/user/Ada%20L', headers: { Accept: 'application/json' } }],
    [200, { path: '/user/Ada', headers: { Accept: 'text/plain' } }],
    [406, { path: '/user/Ada', headers: { Accept: 'image/png' } }],
    [400, { path: '/user/%E0%A4%A' }],
    [302, { path: '/redirect' }],
    [302, { path: '/redirect', headers: { Accept: 'text/html' } }],
    [308, { path: '/moved' }],
    [202, { path: '/cookies' }],
    [200, { path: '/text' }],
    [200, { path: '/bytes' }],
    [204, { path: '/nothing' }],
    [200, { path: '/file' }],
    [206, { path: '/file', headers: { Range: 'bytes=0-9' } }],
    [416, { path: '/file', headers: { Range: 'bytes=99999999-' } }],
    [200, { path: '/stream' }],
    [200, { path: '/stream', headers: { Connection: 'close' } }],
    [200, { path: '/gzip' }],
    [500, { path: '/throws' }],
    [500, { path: '/rejects' }],
    [418, { path: '/teapot' }],
    [404, { path: '/nowhere<script>' }],
    [200, { path: '/inner/inside?x=1' }],
    [200, { path: '/inner/outside' }],
    [404, { path: '/inner/nowhere' }],
  ])('answers as behind a plain server: %i to %j', async (status, exchange) => {
    const [answer, expected] = await bothAnswers(exchange);
    expect(answer).toEqual(expected);
    expect(answer?.status).toBe(status);
  });

  it('finds nothing to change about the prototypes of request and response', async () => {
    const server = new HttpServer();
    const app = express();
    const seen: boolean[] = [];
    app.get('/', (_request, response) => response.end());
    server.serve(app);
    server.server.prependListener('request', (request, response) => {
      seen.push(Object.getPrototypeOf(request) === app.request, Object.getPrototypeOf(response) === app.response);
    });
    await httpExchange(await server.listen(0, '127.0.0.1'), { path: '/' });
    await server.close();
    expect(seen).toEqual([true, true]);
  });
});
