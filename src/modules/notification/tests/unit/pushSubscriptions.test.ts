import { anActor } from '../../../../../tests/fixtures/anActor';
import { FakeClock } from '../../../../../tests/fixtures/FakeClock';
import { ImmediateUnitOfWork } from '../../../../../tests/fixtures/ImmediateUnitOfWork';
import { HostAddresses } from '../../../../core/infrastructure/network/HostAddresses';
import { PublicNetwork } from '../../../../core/infrastructure/network/PublicNetwork';
import { PushSubscriptions } from '../../application/PushSubscriptions';
import { PushEndpoint } from '../../domain/PushEndpoint';
import type { PushSubscriptionRepository } from '../../domain/PushSubscriptionRepository';
import { WebPushSender } from '../../infrastructure/WebPushSender';

const unused = (): never => {
  throw new Error('Nothing is kept.');
};
const nothingKept: PushSubscriptionRepository = { save: unused, of: unused, remove: unused };

describe('Where there is no Web Push', () => {
  const from = { address: 'atrium@example.com', name: 'Atrium' };
  const sender = new WebPushSender(
    { enabled: false },
    Buffer.alloc(32, 1),
    { from },
    new PublicNetwork(new HostAddresses()),
  );
  const subscriptions = new PushSubscriptions(nothingKept, sender, new ImmediateUnitOfWork(), new FakeClock());

  it('there is no key, and no browser is kept', async () => {
    expect(() => subscriptions.publicKey()).toThrow('Web Push is not set up here.');
    const subscription = { endpoint: PushEndpoint('https://8.8.8.8/'), p256dh: '', auth: '' };
    await expect(subscriptions.add(anActor(), subscription)).rejects.toThrow('Web Push is not set up here.');
  });
});
