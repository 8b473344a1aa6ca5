import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { makeApiKey } from '../../../../../tests/support/apiKeys';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { addMember, type Person } from '../../../../../tests/support/people';
import { makeRole } from '../../../../../tests/support/roles';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { makeWebhook } from '../../../../../tests/support/webhooks';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';

const URL = 'https://hooks.invalid/atrium?team=1';

describe('The webhooks of a workspace', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;

  eachInNewWorkspace((its) => {
    ({ platform, owner, workspaceId, api } = its);
  });

  it('are made with a secret that is shown this once, and read, changed and deleted', async () => {
    const made = await api.post('/webhooks', { url: URL, events: ['workspace.updated'] });
    const { secret, ...webhook } = made.body.data;
    expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/webhooks/${webhook.id}`]);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(webhook).toMatchObject({
      url: URL,
      events: ['workspace.updated'],
      enabled: true,
      disabledReason: null,
      previousSecretUntil: null,
      createdBy: owner.id,
    });
    const read = await api.get(`/webhooks/${webhook.id}`);
    expect(read.body.data).toEqual(webhook);
    expect((await api.get('/webhooks')).body.data).toEqual([webhook]);

    const changes = { url: 'https://other.invalid/', events: ['*'], enabled: false };
    const changed = await api.put(`/webhooks/${webhook.id}`, changes, { 'If-Match': read.headers.get('etag') ?? '' });
    expect(changed.body.data).toMatchObject({ ...changes, disabledReason: 'by-hand' });
    const stale = await api.put(`/webhooks/${webhook.id}`, changes, { 'If-Match': read.headers.get('etag') ?? '' });
    expectProblem(stale, 412, 'PRECONDITION_FAILED');
    expect((await api.put(`/webhooks/${webhook.id}`, { enabled: true })).body.data).toMatchObject({ enabled: true });

    expect((await api.delete(`/webhooks/${webhook.id}`)).status).toBe(204);
    expectProblem(await api.get(`/webhooks/${webhook.id}`), 404, 'NOT_FOUND');
    const events = await platform.query<{ type: string; facts: object }>(
      `SELECT type, facts FROM events WHERE workspace_id = $1 AND type LIKE 'webhook.%' ORDER BY position`,
      [workspaceId],
    );
    expect(events.map(({ type }) => type)).toEqual([
      'webhook.created',
      'webhook.updated',
      'webhook.disabled',
      'webhook.enabled',
      'webhook.deleted',
    ]);
    expect(JSON.stringify(events)).not.toMatch(/whsec_|team=1/);
  });

  it('tell nobody what their manager may not read', async () => {
    await makeRole(api, { key: 'plumber', permissions: ['webhooks.manage', 'projects.read'] });
    const plumber = platform.api.as((await makeApiKey(owner, workspaceId, { role: 'plumber' })).key, workspaceId);
    const denied = { permission: 'tasks.read', reason: expect.any(String), grantableBy: expect.any(Array) };
    for (const events of [['task.created'], ['project.created', 'task.updated'], ['*']]) {
      expectProblem(await plumber.post('/webhooks', { url: URL, events }), 403, 'PERMISSION_DENIED', denied);
    }
    const { data } = (await plumber.post('/webhooks', { url: URL, events: ['project.created'] })).body;
    const change = (id: string, changes: object) => plumber.put(`/webhooks/${id}`, changes);
    expectProblem(await change(data.id, { events: ['task.created'] }), 403, 'PERMISSION_DENIED', denied);
    expect((await change(data.id, { url: 'https://other.invalid/' })).status).toBe(200);
    const { id } = await makeWebhook(owner, workspaceId, { events: ['task.created'] });
    expectProblem(await change(id, { url: 'https://other.invalid/' }), 403, 'PERMISSION_DENIED', denied);
    expect((await change(id, { enabled: false })).status).toBe(200);
  });

  it('are kept with secrets that the database does not tell', async () => {
    const { id, secret } = await makeWebhook(owner, workspaceId);
    const [row] = await platform.query<{ text: string; bytes: Buffer }>(
      'SELECT w::text AS text, sealed_secret AS bytes FROM webhooks AS w WHERE id = $1',
      [id],
    );
    expect(row?.text).not.toContain(secret);
    expect(row?.bytes.includes(secret)).toBe(false);
  });

  it.each([
    ['no URL', { events: ['*'] }, 'url'],
    ['no absolute URL', { url: '/hooks', events: ['*'] }, 'url'],
    ['another protocol', { url: 'ftp://hooks.invalid/', events: ['*'] }, 'url'],
    ['credentials', { url: 'https://ada:secret@hooks.invalid/', events: ['*'] }, 'url'],
    ['a fragment', { url: 'https://hooks.invalid/#top', events: ['*'] }, 'url'],
    ['no events', { url: URL, events: [] }, 'events'],
    ['an unknown event', { url: URL, events: ['workspace.exploded'] }, 'events.0'],
    ['an event that sockets are not told of', { url: URL, events: ['webhook.created'] }, 'events.0'],
    ['an event for one person', { url: URL, events: ['role.member-roles-changed'] }, 'events.0'],
    ['a member of its own', { url: URL, events: ['*'], secret: 'whsec_mine' }, 'secret'],
  ])('are not made with %s', async (_what, body, field) => {
    expectInvalid(await api.post('/webhooks', body), field);
    expect((await api.get('/webhooks')).body.data).toEqual([]);
  });

  it('are at most 20', async () => {
    for (let made = 0; made < 19; made += 1) await makeWebhook(owner, workspaceId);
    const answers = await Promise.all([1, 2].map(() => api.post('/webhooks', { url: URL, events: ['*'] })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('are managed by who may, machines included', async () => {
    const { id } = await makeWebhook(owner, workspaceId);
    const member = await addMember(platform, owner, workspaceId);
    const refused = await platform.api.as(member.accessToken, workspaceId).get(`/webhooks/${id}`);
    expectProblem(refused, 403, 'PERMISSION_DENIED', { permission: 'webhooks.manage' });
    const { key } = await makeApiKey(owner, workspaceId, { role: 'admin' });
    expect((await platform.api.as(key).get(`/webhooks/${id}`)).status).toBe(200);
    expect((await makeWebhook({ api: platform.api.as(key) }, workspaceId)).secret).toMatch(/^whsec_/);
  });
});
