import { newId } from '../../../../core/domain/Id';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { aDelivery } from '../../../../../tests/fixtures/aDelivery';
import { Delivery } from '../../domain/Delivery';

const MINUTE_MS = 60_000;

describe('A delivery', () => {
  it('is to be tried at once', () => {
    const ids = { id: newId(), workspaceId: newId(), webhookId: newId() } as const;
    const delivery = Delivery.create(
      { ...ids, eventId: newId(), eventType: 'workspace.updated' } as Parameters<typeof Delivery.create>[0],
      NOW,
    );
    expect(delivery.state).toMatchObject({ ...ids, status: 'pending', attempts: 0, nextAttemptAt: NOW });
  });

  it.each([200, 204, 299])('has arrived with an answer %d', (status) => {
    const delivery = aDelivery();
    delivery.attempted({ status }, NOW);
    expect(delivery.state).toMatchObject({
      status: 'delivered',
      attempts: 1,
      responseStatus: status,
      failure: null,
      nextAttemptAt: null,
      deliveredAt: NOW,
    });
  });

  it.each([
    [{ status: 199 }, { responseStatus: 199, failure: null }],
    [{ status: 302 }, { responseStatus: 302, failure: null }],
    [{ status: 500 }, { responseStatus: 500, failure: null }],
    [{ failure: 'TIMEOUT' } as const, { responseStatus: null, failure: 'TIMEOUT' }],
  ])('has not arrived with %j', (outcome, told) => {
    const delivery = aDelivery();
    delivery.attempted(outcome, NOW);
    expect(delivery.state).toMatchObject({ status: 'pending', attempts: 1, lastAttemptAt: NOW, ...told });
  });

  it('is tried eight times within a day, after waits that grow, and then given up', () => {
    const delivery = aDelivery();
    const waits: number[] = [];
    let now = NOW;
    while (delivery.isPending) {
      delivery.attempted({ status: 500 }, now);
      const { nextAttemptAt } = delivery.state;
      if (nextAttemptAt) waits.push((nextAttemptAt.getTime() - now.getTime()) / MINUTE_MS);
      now = nextAttemptAt ?? now;
    }
    expect(waits).toEqual([1, 5, 30, 120, 240, 480, 540]);
    expect(delivery.state).toMatchObject({ status: 'failed', attempts: 8, responseStatus: 500, nextAttemptAt: null });
    expect(now.getTime() - NOW.getTime()).toBeLessThan(24 * 60 * MINUTE_MS);
  });

  it('can be abandoned, and begin anew', () => {
    const delivery = aDelivery({ attempts: 3, responseStatus: 500 });
    delivery.abandon('WEBHOOK_DISABLED');
    expect(delivery.state).toMatchObject({ status: 'failed', failure: 'WEBHOOK_DISABLED', nextAttemptAt: null });
    delivery.replay(NOW);
    expect(delivery.state).toMatchObject({ status: 'pending', attempts: 0, nextAttemptAt: NOW });
  });
});
