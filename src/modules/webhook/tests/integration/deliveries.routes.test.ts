import type { ServerResponse } from 'node:http';
import type { EventHandler } from '../../../../core/application/EventBus';
import type { ScheduledJob } from '../../../../core/application/JobQueue';
import type { UnitOfWork } from '../../../../core/application/UnitOfWork';
import { newId, type WorkspaceId } from '../../../../core/domain/Id';
import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { addMember, makeWorkspace, type Person } from '../../../../../tests/support/people';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { WebhookReceiver } from '../../../../../tests/support/WebhookReceiver';
import { deliveriesOf, hurry, makeWebhook, rename } from '../../../../../tests/support/webhooks';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';

/** The jobs that are at work, or due. */
const JOBS = `SELECT key, last_error FROM graphile_worker._private_jobs WHERE run_at <= now()`;

describe('What webhooks deliver', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;
  let receiver: WebhookReceiver;

  eachInNewWorkspace(
    (its) => {
      ({ platform, owner, workspaceId, api } = its);
    },
    { environment: { WEBHOOK_ALLOW_PRIVATE: 'true' } },
  );

  beforeEach(async () => {
    receiver = await WebhookReceiver.start();
  });

  afterEach(() => receiver.stop());

  const hook = (events: readonly string[] = ['workspace.updated']) =>
    makeWebhook(owner, workspaceId, { url: receiver.url, events });
  const log = (id: string, expected: readonly object[]) => deliveriesOf(owner, workspaceId, id, expected);

  it('arrives signed, as the library of Standard Webhooks verifies it, with what sockets tell', async () => {
    const { id, secret } = await hook();
    await rename(owner, workspaceId, 'Looms');
    await receiver.heard(1);
    const [message] = receiver.verified(secret);
    const [event] = (await api.get('/events?limit=100')).body.data.slice(-1);
    expect(message).toEqual({ type: 'workspace.updated', timestamp: event.occurredAt, data: event });
    expect(event).toMatchObject({ workspaceId, actorId: owner.id, workspace: { name: 'Looms' }, changed: ['name'] });
    expect(receiver.received).toMatchObject([
      { path: '/hooks', headers: { 'webhook-id': event.id, 'content-type': 'application/json' } },
    ]);
    expect(() => receiver.verified('whsec_c29tZWJvZHkgZWxzZSBoYXMgdGhpcw==')).toThrow('No matching signature');
    await log(id, [{ eventId: event.id, status: 'delivered', attempts: 1, responseStatus: 204, nextAttemptAt: null }]);
  });

  it('is what the webhook listens to, of its own workspace, and once', async () => {
    const everything = await hook(['*']);
    const joins = await hook(['workspace.member-joined']);
    const elsewhere = await makeWorkspace(owner);
    await makeWebhook(owner, elsewhere, { url: receiver.url, events: ['*'] });
    await rename(owner, workspaceId, 'Looms');
    await addMember(platform, owner, workspaceId);
    await receiver.heard(3);
    await log(everything.id, [{ eventType: 'workspace.updated' }, { eventType: 'workspace.member-joined' }]);
    await log(joins.id, [{ eventType: 'workspace.member-joined', status: 'delivered' }]);
    await eventually(async () => expect(await platform.query(JOBS)).toEqual([]));
    expect(receiver.received).toHaveLength(3);
  });

  it('is tried again after an answer that is none, with the same id, until it has arrived', async () => {
    receiver.answer = (response) => response.writeHead(500).end('no');
    const { id, secret } = await hook();
    await rename(owner, workspaceId, 'Looms');
    await receiver.heard(1);
    const [{ nextAttemptAt, lastAttemptAt }] = await log(id, [{ status: 'pending', attempts: 1, responseStatus: 500 }]);
    expect(Date.parse(nextAttemptAt) - Date.parse(lastAttemptAt)).toBe(60_000);
    receiver.answer = (response) => response.writeHead(200).end();
    await hurry(platform);
    await receiver.heard(2);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
    expect(receiver.verified(secret)).toHaveLength(2);
    await log(id, [{ status: 'delivered', attempts: 2, responseStatus: 200, nextAttemptAt: null }]);
  });

  it('does not follow a redirection', async () => {
    const inside = await WebhookReceiver.start();
    try {
      receiver.answer = (response) => response.writeHead(307, { location: inside.url }).end();
      const { id } = await hook();
      await rename(owner, workspaceId, 'Looms');
      await log(id, [{ status: 'pending', attempts: 1, responseStatus: 307 }]);
      expect(inside.received).toEqual([]);
    } finally {
      await inside.stop();
    }
  });

  it('is given up after eight attempts, and can be sent again by hand, alone or with all of a span', async () => {
    const from = new Date().toISOString();
    receiver.answer = (response) => response.writeHead(503).end();
    const { id } = await hook();
    await rename(owner, workspaceId, 'Looms');
    for (let attempt = 1; attempt < 8; attempt += 1) {
      await log(id, [{ attempts: attempt }]);
      await hurry(platform);
    }
    const [delivery] = await log(id, [{ status: 'failed', attempts: 8, responseStatus: 503, nextAttemptAt: null }]);
    expect((await api.get(`/webhooks/${id}/deliveries?status=failed`)).body.data).toEqual([delivery]);
    expect((await api.get(`/webhooks/${id}`)).body.data).toMatchObject({ failingSince: expect.any(String) });

    receiver.answer = (response) => response.writeHead(200).end();
    const { status } = await api.post(`/webhooks/${id}/deliveries/${delivery.id}/replay`);
    expect(status).toBe(202);
    await log(id, [{ status: 'delivered', attempts: 1, responseStatus: 200 }]);
    expect((await api.get(`/webhooks/${id}`)).body.data).toMatchObject({ failingSince: null });

    // Another webhook never heard of it: it was made later.
    const later = await hook();
    const to = new Date(Date.now() + 1000).toISOString();
    const answers = await Promise.all([id, later.id].map((each) => api.post(`/webhooks/${each}/replay`, { from, to })));
    expect(answers.map(({ body }) => body.data)).toEqual([{ deliveries: 1 }, { deliveries: 1 }]);
    await receiver.heard(11);
    await log(id, [{ status: 'delivered' }]);
    await log(later.id, [{ status: 'delivered', eventId: delivery.eventId }]);
    expect((await api.post(`/webhooks/${id}/replay`, { from: to, to })).status).toBe(400);
    const empty = await api.post(`/webhooks/${id}/replay`, { from: to, to: '2999-01-01T00:00:00Z' });
    expect(empty.body.data).toEqual({ deliveries: 0 });
  });

  it('is signed with both secrets after a rotation, and shows the new one this once', async () => {
    const { id, secret } = await hook();
    const rotated = (await api.post(`/webhooks/${id}/rotate-secret`)).body.data;
    expect(rotated.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(rotated.secret).not.toBe(secret);
    const { data } = (await api.get(`/webhooks/${id}`)).body;
    expect(data.previousSecretUntil).toBe(rotated.previousSecretUntil);
    expect(JSON.stringify(data)).not.toContain('whsec_');
    await rename(owner, workspaceId, 'Looms');
    await receiver.heard(1);
    expect(receiver.verified(rotated.secret)).toEqual(receiver.verified(secret));

    await platform.query(`UPDATE webhooks SET previous_secret_until = now() - interval '1 s' WHERE id = $1`, [id]);
    await rename(owner, workspaceId, 'Frames');
    await receiver.heard(2);
    expect(receiver.verified(rotated.secret)).toHaveLength(2);
    expect(() => receiver.verified(secret)).toThrow('No matching signature');
  });

  it('stops when too much could not be delivered, which is an event, and goes on when it is enabled', async () => {
    const { id } = await hook();
    receiver.answer = (response) => response.writeHead(500).end();
    await rename(owner, workspaceId, 'Looms');
    await log(id, [{ attempts: 1 }]);
    await platform.query('UPDATE webhooks SET failures = 19, failing_since = now() WHERE id = $1', [id]);
    await platform.query('UPDATE webhook_deliveries SET attempts = 7 WHERE webhook_id = $1', [id]);
    await hurry(platform);
    await log(id, [{ status: 'failed' }]);
    expect((await api.get(`/webhooks/${id}`)).body.data).toMatchObject({
      enabled: false,
      disabledReason: 'failing',
    });
    const events = await platform.query(`SELECT facts FROM events WHERE type = 'webhook.disabled'`);
    const host = `127.0.0.1:${receiver.port}`;
    expect(events).toEqual([{ facts: { webhookId: id, host, reason: 'failing' } }]);

    await rename(owner, workspaceId, 'Frames');
    const refused = await api.post(`/webhooks/${id}/replay`, {
      from: '2026-01-01T00:00:00Z',
      to: '2999-01-01T00:00:00Z',
    });
    expectProblem(refused, 409, 'CONFLICT');
    receiver.answer = (response) => response.writeHead(200).end();
    const enabled = await api.put(`/webhooks/${id}`, { enabled: true });
    expect(enabled.body.data).toMatchObject({ enabled: true, disabledReason: null, failingSince: null });
    await rename(owner, workspaceId, 'Jennies');
    await receiver.heard(3);
    await log(id, [{ status: 'failed' }, { status: 'delivered' }]);
  });

  it('ends where the webhook is disabled, or the workspace suspended, before its time has come', async () => {
    receiver.answer = (response) => response.writeHead(500).end();
    const { id } = await hook();
    await rename(owner, workspaceId, 'Looms');
    await log(id, [{ attempts: 1 }]);
    await api.put(`/webhooks/${id}`, { enabled: false });
    await hurry(platform);
    const [delivery] = await log(id, [{ status: 'failed', failure: 'WEBHOOK_DISABLED', attempts: 1 }]);
    await api.put(`/webhooks/${id}`, { enabled: true });
    await platform.query(`UPDATE workspaces SET status = 'suspended' WHERE id = $1`, [workspaceId]);
    await platform.query(`UPDATE webhook_deliveries SET status = 'pending', next_attempt_at = now() WHERE id = $1`, [
      delivery.id,
    ]);
    await platform.query(`SELECT graphile_worker.add_job('webhook.deliver', $1::json)`, [
      JSON.stringify({ workspaceId, webhookId: id, deliveryId: delivery.id }),
    ]);
    await eventually(async () =>
      expect(
        await platform.query('SELECT status, failure FROM webhook_deliveries WHERE id = $1', [delivery.id]),
      ).toEqual([{ status: 'failed', failure: 'WORKSPACE_INACTIVE' }]),
    );
    expect(receiver.received).toHaveLength(1);
  });

  it('is no more when its webhook is deleted while the receiver thinks', async () => {
    const { id } = await hook();
    const thinking = new Promise<ServerResponse>((resolve) => {
      receiver.answer = resolve;
    });
    await rename(owner, workspaceId, 'Looms');
    const response = await thinking;
    expect((await api.delete(`/webhooks/${id}`)).status).toBe(204);
    response.writeHead(500).end();
    await eventually(async () => expect(await platform.query(JOBS)).toEqual([]));
    expect(await platform.query('SELECT 1 FROM webhook_deliveries WHERE webhook_id = $1', [id])).toEqual([]);
  });

  it('is sent again for 500 events at a time, and no more', async () => {
    const { id } = await hook(['workspace.deleted']);
    await platform.query(
      `INSERT INTO events (id, workspace_id, type, occurred_at, facts)
       SELECT gen_random_uuid(), $1, 'workspace.updated', '2026-01-01T00:00:00Z', '{}' FROM generate_series(1, 501)`,
      [workspaceId],
    );
    const replay = (to: string) => api.post(`/webhooks/${id}/replay`, { from: '2026-01-01T00:00:00Z', to });
    expectInvalid(await replay('2026-01-01T00:00:01Z'), 'to');
    await platform.query(
      `DELETE FROM events WHERE id = (SELECT id FROM events WHERE workspace_id = $1 AND occurred_at < '2026-01-02' LIMIT 1)`,
      [workspaceId],
    );
    expect((await replay('2026-01-01T00:00:01Z')).body.data).toEqual({ deliveries: 0 });
  });

  it('refuses what is no delivery of the webhook, and no span', async () => {
    const { id } = await hook();
    const other = await hook();
    await rename(owner, workspaceId, 'Looms');
    const [{ id: deliveryId }] = await log(other.id, [{ status: 'delivered' }]);
    const replay = (webhook: string, which: string) => api.post(`/webhooks/${webhook}/deliveries/${which}/replay`);
    expectProblem(await replay(id, deliveryId), 404, 'NOT_FOUND');
    expectProblem(await replay(id, newId()), 404, 'NOT_FOUND');
    expectProblem(await api.get(`/webhooks/${newId()}/deliveries`), 404, 'NOT_FOUND');
    expectInvalid(await api.post(`/webhooks/${id}/replay`, { from: 'x', to: '2026-01-01' }), 'from', 'to');
  });

  it('is sent on its way once, however often its event is handled, and never for what belongs to no workspace', async () => {
    const { id } = await hook();
    await rename(owner, workspaceId, 'Looms');
    await receiver.heard(1);
    const deliver = platform.service<EventHandler>('deliverOnPublicEvent');
    const [event] = await platform.query<{ id: string; type: string }>(
      `SELECT id, type FROM events WHERE workspace_id = $1 AND type = 'workspace.updated'`,
      [workspaceId],
    );
    const again = { id: event?.id ?? '', type: 'workspace.updated', actorId: null, occurredAt: new Date(), facts: {} };
    const scope = { workspaceId: workspaceId as WorkspaceId };
    await platform.service<UnitOfWork>('unitOfWork').run(scope, async () => {
      await deliver.handle({ ...again, ...scope });
      await deliver.handle({ ...again, workspaceId: null });
    });
    await log(id, [{ eventId: event?.id, status: 'delivered', attempts: 1 }]);
    expect(receiver.received).toHaveLength(1);
  });

  it('is told in the log for thirty days', async () => {
    const { id } = await hook();
    await rename(owner, workspaceId, 'Looms');
    await log(id, [{ status: 'delivered' }]);
    const purge = platform.service<ScheduledJob>('purgeDeliveries');
    const age = (days: number) =>
      platform.query(`UPDATE webhook_deliveries SET created_at = now() - $2 * interval '1 day' WHERE webhook_id = $1`, [
        id,
        days,
      ]);
    await age(29);
    await purge.run({});
    await log(id, [{ status: 'delivered' }]);
    await age(31);
    await purge.run({});
    await log(id, []);
  });
});
