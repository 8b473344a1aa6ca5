import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { gate } from '../../../../../tests/support/gate';
import { freePort } from '../../../../../tests/support/freePort';
import { WebhookReceiver } from '../../../../../tests/support/WebhookReceiver';
import { WebhookUrl } from '../../domain/WebhookUrl';
import { HostAddresses } from '../../infrastructure/HostAddresses';
import { HttpWebhookSender } from '../../infrastructure/HttpWebhookSender';

const SHORT = { name: 50, connection: 100, answer: 200 };
const HERE = { address: '127.0.0.1', family: 4 };

describe('Sending a webhook by HTTP', () => {
  let receiver: WebhookReceiver;

  beforeEach(async () => {
    receiver = await WebhookReceiver.start();
  });

  afterEach(() => receiver.stop());

  const sender = (of: HostAddresses['of'] = (host) => new HostAddresses().of(host), times?: typeof SHORT) =>
    new HttpWebhookSender({ allowPrivate: true }, { of }, times);
  const post = (url: string, from = sender()) => from.post(WebhookUrl(url), { 'webhook-id': 'one' }, '{"a":"ä"}');

  it('tells the status that is answered', async () => {
    expect(await post(receiver.url)).toEqual({ status: 204 });
    expect(receiver.received).toMatchObject([
      { body: '{"a":"ä"}', headers: { 'webhook-id': 'one', 'user-agent': 'Atrium-Webhooks/1', connection: 'close' } },
    ]);
    receiver.answer = (response) => response.writeHead(418).end();
    expect(await post(receiver.url.replace('127.0.0.1', 'localhost'))).toEqual({ status: 418 });
  });

  it('asks for the addresses of a name once, and connects to those whatever anybody else says', async () => {
    const asked: string[] = [];
    const pinned = sender(async (host) => {
      asked.push(host);
      return asked.length === 1 ? [HERE] : [{ address: '192.0.2.1', family: 4 }];
    });
    expect(await post(`http://hooks.invalid:${receiver.port}/`, pinned)).toEqual({ status: 204 });
    expect(asked).toEqual(['hooks.invalid']);
    expect(receiver.received).toMatchObject([{ headers: { host: `hooks.invalid:${receiver.port}` } }]);
  });

  it('gives up on who does not answer, does not let in, or has no name', async () => {
    receiver.answer = () => {};
    expect(await post(receiver.url, sender(undefined, SHORT))).toEqual({ failure: 'TIMEOUT' });
    expect(await post(`http://127.0.0.1:${await freePort()}/`)).toEqual({ failure: 'CONNECTION_FAILED' });
    expect(await post('http://hooks.invalid/')).toEqual({ failure: 'NAME_NOT_RESOLVED' });
    const { passed } = gate();
    const silent = sender(() => passed.then(() => []), SHORT);
    expect(await post('http://hooks.invalid/', silent)).toEqual({ failure: 'NAME_NOT_RESOLVED' });
  });

  it('gives up on who begins no TLS', async () => {
    const sockets: Socket[] = [];
    const mute = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo;
    expect(await post(`https://127.0.0.1:${port}/`, sender(undefined, SHORT))).toEqual({ failure: 'TIMEOUT' });
    for (const socket of sockets) socket.destroy();
    mute.close();
  });

  it('speaks TLS only with a certificate that verifies', async () => {
    expect(await post(receiver.url.replace('http:', 'https:'))).toEqual({ failure: 'CONNECTION_FAILED' });
  });

  it('listens to no more than a part of a long answer', async () => {
    const ended = new Promise<void>((resolve) => {
      receiver.answer = (response) => {
        response.writeHead(200).on('close', resolve).on('error', resolve);
        const more = (): void => {
          if (!response.closed) response.write('x'.repeat(16_384), () => setImmediate(more));
        };
        more();
      };
    });
    expect(await post(receiver.url)).toEqual({ status: 200 });
    await ended;
  });
});
