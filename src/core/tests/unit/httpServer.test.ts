import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import express, { type Express } from 'express';
import { eventually } from '../../../../tests/support/eventually';
import { httpExchange } from '../../../../tests/support/httpExchange';
import { HttpServer } from '../../presentation/HttpServer';

const LOCAL = '127.0.0.1';

function greetingApp(): Express {
  const app = express();
  app.get('/', (_request, response) => response.send('hello'));
  return app;
}

describe('HttpServer', () => {
  let server: HttpServer;
  let address: string;

  beforeEach(async () => {
    server = new HttpServer();
    address = await server.listen(0, LOCAL);
  });

  afterEach(() => server.close());

  it('tells where it listens', () => {
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('is refused a port that is taken', async () => {
    const second = new HttpServer();
    await expect(second.listen(Number(new URL(address).port), LOCAL)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('is alive, and not ready, until there is something to serve', async () => {
    const alive = await httpExchange(address, { path: '/livez' });
    expect(alive.status).toBe(200);
    expect(JSON.parse(alive.body.toString())).toEqual({ status: 'starting' });

    const answer = await httpExchange(address, { path: '/api/v1/users/me?token=secret' });
    expect(answer.status).toBe(503);
    expect(answer.headers).toContain('Content-Type: application/problem+json; charset=utf-8');
    expect(answer.headers).toContain('Retry-After: 2');
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      status: 503,
      code: 'SERVICE_UNAVAILABLE',
      instance: '/api/v1/users/me',
      retryAfter: 2,
      requestId: expect.any(String),
    });
  });

  it('serves an application from then on, also over connections that were open before', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect((await httpExchange(address, { path: '/' }, agent)).status).toBe(503);
    server.serve(greetingApp());
    const answer = await httpExchange(address, { path: '/' }, agent);
    expect([answer.status, answer.body.toString()]).toEqual([200, 'hello']);
    agent.destroy();
  });

  it('lets a request in flight finish before it closes, and takes no other one', async () => {
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const app = express();
    let arrived = false;
    app.get('/slow', async (_request, response) => {
      arrived = true;
      await held;
      response.send('in the end');
    });
    server.serve(app);
    const slow = httpExchange(address, { path: '/slow' });
    await eventually(() => expect(arrived).toBe(true));

    let closed = false;
    const closing = server.close().then(() => {
      closed = true;
    });
    await expect(httpExchange(address, { path: '/slow' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(closed).toBe(false);

    release();
    expect((await slow).body.toString()).toBe('in the end');
    await closing;
  });

  it('does not wait for connections that are kept alive', async () => {
    server.serve(greetingApp());
    const agent = new Agent({ keepAlive: true });
    await httpExchange(address, { path: '/' }, agent);
    await server.close();
    agent.destroy();
  });

  it('may be closed again', async () => {
    await server.close();
    await expect(server.close()).resolves.toBeUndefined();
  });

  it('does not wait, closing, for a connection that never sent a request', async () => {
    const socket = connect(Number(new URL(address).port), LOCAL);
    await once(socket, 'connect');
    const ended = once(socket, 'close');

    await Promise.all([server.close(), ended]);
  });
});
