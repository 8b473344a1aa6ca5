import type { ApiAnswer, ApiClient } from '../../../../../tests/support/ApiClient';
import { addDeleterRole, makeApiKey, postApiKey } from '../../../../../tests/support/apiKeys';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { addMember, type Person } from '../../../../../tests/support/people';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';
import { newId } from '../../../../core/domain/Id';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const DAY_MS = 86_400_000;

const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);

describe('POST /api-keys', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;

  eachInNewWorkspace((its) => {
    ({ platform, owner, workspaceId, api } = its);
  });

  const post = (body: unknown, headers = {}): Promise<ApiAnswer> => postApiKey(owner.api, workspaceId, body, headers);
  const names = async (): Promise<string[]> =>
    (await api.get('/api-keys')).body.data.map(({ name }: { name: string }) => name);

  it('answers the key this once, where it is, and never to be kept', async () => {
    const { status, body, headers } = await post({ name: ' CI “Loom” ', role: 'member' });
    expect(status).toBe(201);
    const { key, ...view } = body.data;
    expect(view).toEqual({
      id: expect.any(String),
      name: 'CI “Loom”',
      role: 'member',
      prefix: key.slice(0, 12),
      createdBy: owner.id,
      createdAt: expect.stringMatching(MOMENT),
      expiresAt: null,
      lastUsedAt: null,
    });
    expect(key).toMatch(/^atr_[\w-]{43}$/);
    expect(headers.get('location')).toBe(`/api/v1/api-keys/${view.id}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await api.get('/api-keys')).body).toEqual({ data: [view], meta: { limit: 20, nextCursor: null } });
  });

  it('stores only a hash of it, and tells it to no event', async () => {
    const { key } = await makeApiKey(owner, workspaceId);
    const rows = await platform.query(
      `SELECT to_jsonb(api_keys)::text AS row FROM api_keys UNION ALL SELECT to_jsonb(events)::text FROM events`,
    );
    const events = await platform.query('SELECT type, actor_id, facts FROM events WHERE workspace_id = $1', [
      workspaceId,
    ]);
    expect(JSON.stringify(rows)).toContain(key.slice(0, 12));
    expect(JSON.stringify(rows)).not.toContain(key.slice(13));
    expect(events).toContainEqual({
      type: 'auth.api-key-created',
      actor_id: owner.id,
      facts: { apiKeyId: expect.any(String), name: 'Difference Engine', role: 'admin' },
    });
  });

  it('takes an end to the millisecond, at any offset from UTC, or none', async () => {
    const end = inDays(90);
    const answer = await post({ name: 'Loom', role: 'viewer', expiresAt: end.toISOString().replace('Z', '+00:00') });
    expect(answer.body.data.expiresAt).toBe(end.toISOString());
    expect((await post({ name: 'Loom', role: 'viewer', expiresAt: null })).body.data.expiresAt).toBeNull();
  });

  const GOOD = { name: 'Loom', role: 'viewer' };

  it.each<[string, unknown, string[]]>([
    ['nothing', {}, ['name', 'role']],
    ['an empty name', { ...GOOD, name: ' ' }, ['name']],
    ['a name on two lines', { ...GOOD, name: 'a\nb' }, ['name']],
    ['a name that is too long', { ...GOOD, name: 'x'.repeat(101) }, ['name']],
    ['another type of name', { ...GOOD, name: 7 }, ['name']],
    ['an unknown role', { ...GOOD, role: 'king' }, ['role']],
    ['several roles', { ...GOOD, role: ['viewer'] }, ['role']],
    ['an end that is past', { ...GOOD, expiresAt: new Date(Date.now() - 1000) }, ['expiresAt']],
    ['an end that is too far', { ...GOOD, expiresAt: inDays(5 * 365 + 1) }, ['expiresAt']],
    ['an end without a time', { ...GOOD, expiresAt: '2027-01-01' }, ['expiresAt']],
    ['an end without an offset', { ...GOOD, expiresAt: '2027-01-01T00:00:00' }, ['expiresAt']],
    ['an end in weeks', { ...GOOD, expiresAt: '2027-W10-1T00:00:00Z' }, ['expiresAt']],
    ['an end that is no moment', { ...GOOD, expiresAt: 'tomorrow' }, ['expiresAt']],
    ['an end as a number', { ...GOOD, expiresAt: 1_800_000_000_000 }, ['expiresAt']],
    [
      'members that are not for the caller to set',
      { ...GOOD, key: 'atr_mine', workspaceId: newId(), createdBy: newId(), id: newId(), hash: 'x', permissions: [] },
      ['key', 'workspaceId', 'createdBy', 'id', 'hash', 'permissions'],
    ],
  ])('refuses %s', async (_what, body, fields) => {
    expectInvalid(await post(body), ...fields);
    expect(await names()).toEqual([]);
  });

  it('needs the permission, and nobody makes a key that may do more than they', async () => {
    const [admin, member] = [
      await addMember(platform, owner, workspaceId, { role: 'admin' }),
      await addMember(platform, owner, workspaceId, { role: 'member' }),
    ];
    const denied = await postApiKey(member.api, workspaceId, { name: 'Loom', role: 'viewer' });
    expectProblem(denied, 403, 'PERMISSION_DENIED', { permission: 'apiKeys.manage' });
    for (const { api: by } of [owner, admin]) {
      expectProblem(await postApiKey(by, workspaceId, { name: 'Loom', role: 'owner' }), 403, 'ROLE_ESCALATION');
    }
    await addDeleterRole(owner, workspaceId);
    expectProblem(await postApiKey(admin.api, workspaceId, { name: 'Loom', role: 'deleter' }), 403, 'ROLE_ESCALATION');
    expect(await names()).toEqual([]);
    for (const role of ['admin', 'member', 'viewer']) {
      expect((await postApiKey(admin.api, workspaceId, { name: role, role })).status).toBe(201);
    }
    expect((await post({ name: 'deleter', role: 'deleter' })).status).toBe(201);
    expect(await names()).toEqual(['admin', 'member', 'viewer', 'deleter']);
  });

  it('answers the same key to the same request with an Idempotency-Key, which keeps it sealed', async () => {
    const headers = { 'Idempotency-Key': newId<string>() };
    const [first, second] = [await post({ ...GOOD }, headers), await post({ ...GOOD }, headers)];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await names()).toEqual(['Loom']);
    const kept = await platform.query('SELECT to_jsonb(idempotency_keys)::text AS row FROM idempotency_keys');
    expect(kept).not.toEqual([]);
    expect(JSON.stringify(kept)).not.toContain(first.body.data.key.slice(4));
    expectProblem(await post({ ...GOOD, role: 'member' }, headers), 422, 'IDEMPOTENCY_MISMATCH');
  });
});
