import { newId } from '../../../../core/domain/Id';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { aWorkspaceActor } from '../../../../../tests/fixtures/anActor';
import { aWebhook } from '../../../../../tests/fixtures/aWebhook';
import { Webhook } from '../../domain/Webhook';
import { WebhookUrl } from '../../domain/WebhookUrl';

const DAY_MS = 86_400_000;
const URL = WebhookUrl('https://hooks.example/atrium?token=abc');
const inDays = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);
const announced = (webhook: Webhook) => webhook.releaseEvents().map(({ type, facts }) => ({ type, ...facts }));

describe('A webhook', () => {
  const actor = aWorkspaceActor();

  it('is announced by its host alone, when it is made', () => {
    const webhook = Webhook.create(actor, { id: newId(), url: URL, events: ['*'] }, NOW);
    const { id, workspaceId, createdBy } = webhook.state;
    expect([workspaceId, createdBy, webhook.isEnabled]).toEqual([actor.workspaceId, actor.userId, true]);
    expect(announced(webhook)).toEqual([
      { type: 'webhook.created', webhookId: id, host: 'hooks.example', events: ['*'] },
    ]);
  });

  it('hears what it listens to, everything by *, and nothing while it is disabled', () => {
    const joins = aWebhook({ events: ['workspace.member-joined'] });
    expect([joins.hears('workspace.member-joined'), joins.hears('workspace.updated')]).toEqual([true, false]);
    expect(aWebhook({ events: ['*'] }).hears('workspace.updated')).toBe(true);
    expect(aWebhook({ events: ['*'], disabledReason: 'by-hand' }).hears('workspace.updated')).toBe(false);
  });

  it('announces what is changed, and nothing when nothing is', () => {
    const webhook = aWebhook({ url: URL, events: ['*'] });
    webhook.update({ url: URL, events: ['*'], enabled: true }, actor.userId, NOW);
    expect(announced(webhook)).toEqual([]);
    webhook.update({ events: ['workspace.updated'] }, actor.userId, inDays(1));
    expect(announced(webhook)).toMatchObject([{ type: 'webhook.updated', changed: ['events'] }]);
    expect(webhook.state).toMatchObject({ url: URL, events: ['workspace.updated'], updatedAt: inDays(1) });
  });

  it('is disabled once, and starts anew when it is enabled', () => {
    const webhook = aWebhook({ failures: 3, failingSince: NOW });
    webhook.update({ enabled: false }, actor.userId, NOW);
    webhook.update({ enabled: false }, actor.userId, NOW);
    expect(announced(webhook)).toMatchObject([{ type: 'webhook.disabled', reason: 'by-hand' }]);
    webhook.update({ enabled: true }, actor.userId, NOW);
    expect(announced(webhook)).toMatchObject([{ type: 'webhook.enabled' }]);
    expect(webhook.state).toMatchObject({ disabledReason: null, failures: 0, failingSince: null });
  });

  it('is disabled by the twentieth delivery in a row that is given up', () => {
    const webhook = aWebhook();
    for (let given = 1; given < 20; given += 1) webhook.deliveryEnded(false, NOW);
    expect(webhook.isEnabled).toBe(true);
    webhook.deliveryEnded(false, NOW);
    expect(webhook.state).toMatchObject({ disabledReason: 'failing', failures: 20, failingSince: NOW });
    expect(announced(webhook)).toMatchObject([{ type: 'webhook.disabled', reason: 'failing' }]);
    webhook.deliveryEnded(false, NOW);
    expect(announced(webhook)).toEqual([]);
  });

  it('is disabled after five days of nothing but failures, and one arrival makes good for all', () => {
    const webhook = aWebhook();
    webhook.deliveryEnded(false, NOW);
    webhook.deliveryEnded(false, new Date(inDays(5).getTime() - 1));
    expect(webhook.isEnabled).toBe(true);
    expect(webhook.deliveryEnded(true, inDays(5))).toBe(true);
    expect(webhook.deliveryEnded(true, inDays(5))).toBe(false);
    webhook.deliveryEnded(false, inDays(6));
    expect(webhook.state).toMatchObject({ disabledReason: null, failures: 1, failingSince: inDays(6) });
    webhook.deliveryEnded(false, inDays(11));
    expect(webhook.state.disabledReason).toBe('failing');
  });

  it('signs with two secrets for a day after a rotation', () => {
    const webhook = aWebhook();
    const { secret: first } = webhook.state;
    webhook.rotateSecret(actor.userId, NOW);
    const { secret: second } = webhook.state;
    expect(second).not.toBe(first);
    expect(webhook.secrets(new Date(inDays(1).getTime() - 1))).toEqual([second, first]);
    expect(webhook.secrets(inDays(1))).toEqual([second]);
    webhook.rotateSecret(actor.userId, NOW);
    expect(webhook.secrets(NOW)).toEqual([webhook.state.secret, second]);
    expect(JSON.stringify(announced(webhook))).not.toMatch(/whsec_/);
  });
});

describe('The URL of a webhook', () => {
  it.each(['HTTPS://Hooks.Example:443/a?b=c', 'http://hooks.example:8080'])('is written in one way: %s', (raw) => {
    expect(WebhookUrl(raw)).toBe(new globalThis.URL(raw).href);
  });

  it.each([
    'hooks.example',
    '//hooks.example/',
    'ftp://hooks.example/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://ada@hooks.example/',
    'https://:secret@hooks.example/',
    'https://hooks.example/#part',
    `https://hooks.example/${'x'.repeat(2000)}`,
  ])('is not %s', (raw) => {
    expect(() => WebhookUrl(raw)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
  });
});
