import type { ApiClient } from '../support/ApiClient';
import { capturedLog } from '../support/capturedLog';
import { eventually } from '../support/eventually';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { expectProblem } from '../support/expectProblem';
import { makeWorkspace, type Person, signUp } from '../support/people';
import { TestPlatform } from '../support/testPlatform';
import { WebhookReceiver } from '../support/WebhookReceiver';
import { deliveriesOf, makeWebhook, rename } from '../support/webhooks';
import { loadConfig } from '../../src/core/config/env';
import type { HostAddress } from '../../src/core/infrastructure/network/HostAddresses';
import { PublicNetwork } from '../../src/core/infrastructure/network/PublicNetwork';
import { WebhookUrl } from '../../src/modules/webhook/domain/WebhookUrl';
import { HttpWebhookSender } from '../../src/modules/webhook/infrastructure/HttpWebhookSender';

/** Every way to write an address inside that a URL takes. */
const INSIDE = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0177.0.0.1/',
  'http://0/',
  'http://localhost/',
  'http://LOCALHOST:8080/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://192.168.1.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://100.64.0.1/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://192.0.2.1/',
  'http://198.18.0.1/',
  'http://240.0.0.1/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b:1::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:db8::1]/',
  'http://[2001::1]/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[fc00::1]/',
  'http://[ff02::1]/',
  'https://１２７.0.0.1/',
];

/** A sender for whom every name leads to these addresses. */
const senderTo = (addresses: readonly HostAddress[], allowPrivate = false): HttpWebhookSender =>
  new HttpWebhookSender({ allowPrivate }, new PublicNetwork({ of: async () => addresses }));

describe('44: webhooks', () => {
  const { logger, text: log } = capturedLog('production');
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    platform = await TestPlatform.start({ logger, environment: { LOG_LEVEL: 'debug' } });
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
    api = platform.api.as(owner.accessToken, workspaceId);
    receiver = await WebhookReceiver.start();
  });

  afterAll(async () => {
    await receiver.stop();
    await platform.stop();
  });

  const refused = { errors: [{ field: 'url', message: 'url must lead to a public address.' }] };

  it.each(INSIDE)('are not made for %s, nor led there', async (url) => {
    const { id } = await makeWebhook(owner, workspaceId);
    const before = await databaseSnapshot(platform);
    const answers = [
      await api.post('/webhooks', { url, events: ['*'] }),
      await api.put(`/webhooks/${id}`, { url, enabled: true }),
    ];
    for (const answer of answers) expectProblem(answer, 422, 'WEBHOOK_URL_REFUSED', refused);
    expect(await databaseSnapshot(platform)).toEqual(before);
    await api.delete(`/webhooks/${id}`);
  });

  it('are not sent to where a name leads that was outside when it was saved', async () => {
    const { id, secret } = await makeWebhook(owner, workspaceId, { events: ['workspace.updated'] });
    for (const host of ['localhost', '127.0.0.1', '[::ffff:127.0.0.1]']) {
      await platform.query('UPDATE webhooks SET url = $1 WHERE id = $2', [`http://${host}:${receiver.port}/`, id]);
      await platform.query('DELETE FROM webhook_deliveries WHERE webhook_id = $1', [id]);
      await rename(owner, workspaceId, `By ${host}`);
      await deliveriesOf(owner, workspaceId, id, [{ status: 'pending', attempts: 1, failure: 'ADDRESS_REFUSED' }]);
    }
    expect(receiver.received).toEqual([]);
    await eventually(() => expect(log()).toContain('/workspaces/'));
    expect(log()).not.toContain(secret);
  });

  it('are not sent to a name with one address inside among others, nor by a second look', async () => {
    const outside = { address: '93.184.215.14', family: 4 };
    const inside = { address: '127.0.0.1', family: 4 };
    for (const addresses of [[outside, inside], [inside], [{ address: '::ffff:7f00:1', family: 6 }]]) {
      const sender = senderTo(addresses);
      const url = WebhookUrl(`http://hooks.example:${receiver.port}/`);
      await expect(sender.assertOutside(url)).rejects.toMatchObject({ code: 'WEBHOOK_URL_REFUSED' });
      expect(await sender.post(url, {}, '{}')).toEqual({ failure: 'ADDRESS_REFUSED' });
    }
    expect(receiver.received).toEqual([]);
  });

  it('do not follow a redirection', async () => {
    const inside = await WebhookReceiver.start();
    const { url: location } = receiver;
    for (const status of [301, 302, 303, 307, 308]) {
      inside.answer = (response) => response.writeHead(status, { location }).end();
      const sender = senderTo([{ address: '127.0.0.1', family: 4 }], true);
      expect(await sender.post(WebhookUrl(inside.url), {}, '{}')).toEqual({ status });
    }
    expect(receiver.received).toEqual([]);
    await inside.stop();
  });

  it('may be sent to what is outside', async () => {
    const sender = senderTo([
      { address: '93.184.215.14', family: 4 },
      { address: '2606:2800:21f:cb07:6820:80da:af6b:8b2c', family: 6 },
    ]);
    await expect(sender.assertOutside(WebhookUrl('https://hooks.example/'))).resolves.toBeUndefined();
  });

  it('are never let inside in production', () => {
    expect(() => loadConfig({ NODE_ENV: 'production', WEBHOOK_ALLOW_PRIVATE: 'true' })).toThrow(
      expect.objectContaining({
        problems: expect.arrayContaining([
          { variable: 'WEBHOOK_ALLOW_PRIVATE', message: 'must be false in production' },
        ]),
      }),
    );
  });
});
