import { freePort } from '../../../../../tests/support/freePort';
import { WebhookReceiver } from '../../../../../tests/support/WebhookReceiver';
import { HostAddresses } from '../../../../core/infrastructure/network/HostAddresses';
import { PublicNetwork } from '../../../../core/infrastructure/network/PublicNetwork';
import { WebhookUrl } from '../../domain/WebhookUrl';
import { HttpWebhookSender } from '../../infrastructure/HttpWebhookSender';

describe('Sending a webhook by HTTP', () => {
  const network = new PublicNetwork(new HostAddresses());
  const send = (url: string, allowPrivate = true) =>
    new HttpWebhookSender({ allowPrivate }, network).post(WebhookUrl(url), { 'webhook-id': 'one' }, '{"a":"ä"}');

  it('says who sends, and tells what was answered, or why nothing was', async () => {
    const receiver = await WebhookReceiver.start();
    expect(await send(receiver.url)).toEqual({ status: 204 });
    const headers = { 'webhook-id': 'one', 'user-agent': 'Atrium-Webhooks/1', 'content-type': 'application/json' };
    expect(receiver.received).toMatchObject([{ body: '{"a":"ä"}', headers }]);
    expect(await send(receiver.url, false)).toEqual({ failure: 'ADDRESS_REFUSED' });
    expect(await send(`http://127.0.0.1:${await freePort()}/`)).toEqual({ failure: 'CONNECTION_FAILED' });
    await receiver.stop();
  });
});
