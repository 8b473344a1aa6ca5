import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { freePort } from '../../../../tests/support/freePort';
import { gate } from '../../../../tests/support/gate';
import { PUSH_SERVICE_CERTIFICATE, PushService } from '../../../../tests/support/PushService';
import { WebhookReceiver } from '../../../../tests/support/WebhookReceiver';
import { HostAddresses } from '../../infrastructure/network/HostAddresses';
import { PublicNetwork } from '../../infrastructure/network/PublicNetwork';

const SHORT = { name: 50, connection: 100, answer: 200 };
const HERE = { address: '127.0.0.1', family: 4 };
const ELSEWHERE = { address: '192.0.2.1', family: 4 };
const PUBLIC = { address: '2606:2800:21f:cb07:6820:80da:af6b:8b2c', family: 6 };

describe('The public network', () => {
  let receiver: WebhookReceiver;

  beforeEach(async () => {
    receiver = await WebhookReceiver.start();
  });

  afterEach(() => receiver.stop());

  const network = (of: HostAddresses['of'] = (host) => new HostAddresses().of(host), times?: typeof SHORT) =>
    new PublicNetwork({ of }, times);
  const post = (url: string, from = network(), ca?: string) =>
    from.post(url, { headers: { 'x-one': '1' }, body: '{"a":"ä"}' }, { allowPrivate: true, ...(ca && { ca }) });

  it('tells the status that is answered', async () => {
    expect(await post(receiver.url)).toBe(204);
    expect(receiver.received).toMatchObject([{ body: '{"a":"ä"}', headers: { 'x-one': '1', connection: 'close' } }]);
    receiver.answer = (response) => response.writeHead(418).end();
    expect(await post(receiver.url.replace('127.0.0.1', 'localhost'))).toBe(418);
  });

  it('asks for the addresses of a name once, and connects to those whatever anybody else says', async () => {
    const asked: string[] = [];
    const pinned = network(async (host) => {
      asked.push(host);
      return asked.length === 1 ? [HERE] : [ELSEWHERE];
    });
    expect(await post(`http://hooks.invalid:${receiver.port}/`, pinned)).toBe(204);
    expect(asked).toEqual(['hooks.invalid']);
    expect(receiver.received).toMatchObject([{ headers: { host: `hooks.invalid:${receiver.port}` } }]);
  });

  it.each(['localhost', '127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '10.0.0.1'])(
    'neither admits nor reaches %s',
    async (host) => {
      const url = `http://${host}:${receiver.port}/`;
      expect(await network().admits(url)).toBe(false);
      const sent = network().post(url, { headers: {}, body: '' });
      await expect(sent).rejects.toMatchObject({ reason: 'ADDRESS_REFUSED' });
      expect(receiver.received).toEqual([]);
    },
  );

  it('admits public addresses, names that lead to such alone, and names that nobody knows yet', async () => {
    expect(await network().admits('https://8.8.8.8/')).toBe(true);
    expect(await network(async () => [PUBLIC]).admits('https://hooks.example/')).toBe(true);
    expect(await network(async () => [PUBLIC, HERE]).admits('https://hooks.example/')).toBe(false);
    expect(await network().admits('https://hooks.invalid/')).toBe(true);
    expect(await network().admits(receiver.url, { allowPrivate: true })).toBe(true);
  });

  it('gives up on who does not answer, does not let in, or has no name', async () => {
    receiver.answer = () => {};
    await expect(post(receiver.url, network(undefined, SHORT))).rejects.toMatchObject({ reason: 'TIMEOUT' });
    const closed = post(`http://127.0.0.1:${await freePort()}/`);
    await expect(closed).rejects.toMatchObject({ reason: 'CONNECTION_FAILED' });
    await expect(post('http://hooks.invalid/')).rejects.toMatchObject({ reason: 'NAME_NOT_RESOLVED' });
    const { passed } = gate();
    const silent = network(() => passed.then(() => []), SHORT);
    await expect(post('http://hooks.invalid/', silent)).rejects.toMatchObject({ reason: 'NAME_NOT_RESOLVED' });
  });

  it('gives up on who begins no TLS', async () => {
    const sockets: Socket[] = [];
    const mute = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo;
    const sent = post(`https://127.0.0.1:${port}/`, network(undefined, SHORT));
    await expect(sent).rejects.toMatchObject({ reason: 'TIMEOUT' });
    for (const socket of sockets) socket.destroy();
    mute.close();
  });

  it('speaks TLS only with a certificate that verifies', async () => {
    const service = await PushService.start();
    const url = service.endpoint('/');
    await expect(post(url)).rejects.toMatchObject({ reason: 'CONNECTION_FAILED' });
    expect(await post(url, network(), PUSH_SERVICE_CERTIFICATE)).toBe(201);
    await service.stop();
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
    expect(await post(receiver.url)).toBe(200);
    await ended;
  });
});
