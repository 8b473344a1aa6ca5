import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { type ApiKey, makeApiKey } from '../../../../../tests/support/apiKeys';
import { capturedLog } from '../../../../../tests/support/capturedLog';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { openTransaction } from '../../../../../tests/support/openTransaction';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';
import { newApiKeyText } from '../../domain/apiKeyText';

describe('An API key as a credential', () => {
  const { logger, text: log } = capturedLog('production');
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start({ logger });
    owner = await signUp(platform);
  });

  beforeEach(async () => {
    workspaceId = await makeWorkspace(owner);
  });

  afterAll(() => platform.stop());

  const members = ({ key }: Pick<ApiKey, 'key'>, workspace?: string): Promise<ApiAnswer> =>
    platform.api.as(key, workspace).get('/users');

  const lastUseOf = async ({ id }: ApiKey): Promise<Date | null> => {
    const [row] = await platform.query<{ at: Date | null }>('SELECT last_used_at AS at FROM api_keys WHERE id = $1', [
      id,
    ]);
    return row?.at ?? null;
  };

  it('acts in its workspace, named or not, with the rights of its role', async () => {
    const viewer = await makeApiKey(owner, workspaceId, { role: 'viewer' });
    for (const answer of [await members(viewer), await members(viewer, workspaceId)]) {
      expect(answer.status).toBe(200);
      expect(answer.body.data.map(({ id }: Person) => id)).toEqual([owner.id]);
    }
    const api = platform.api.as(viewer.key);
    expect((await api.get(`/workspaces/${workspaceId}`)).body.data).toMatchObject({ id: workspaceId });
    const denied = await api.delete(`/users/${owner.id}`);
    expectProblem(denied, 403, 'PERMISSION_DENIED', { permission: 'users.delete' });
  });

  it('finds no other workspace than its own, though its maker is there', async () => {
    const key = await makeApiKey(owner, workspaceId);
    const other = await makeWorkspace(owner);
    const foreign = await members(key, other);
    expectProblem(foreign, 404, 'NOT_FOUND');
    expect(withoutRequest(await members(key, newId()))).toEqual(withoutRequest(foreign));
    expectProblem(await platform.api.as(key.key).get(`/workspaces/${other}`), 404, 'NOT_FOUND');
    expectInvalid(await members(key, 'x'), 'X-Workspace-Id');
  });

  it('goes on when its maker leaves, loses the role or is banned', async () => {
    const admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
    const key = await makeApiKey(admin, workspaceId);
    const asOwner = platform.api.as(owner.accessToken, workspaceId);
    expect((await asOwner.put(`/users/${admin.id}/status`, { status: 'banned' })).status).toBe(200);
    expect((await members(key)).status).toBe(200);
    expect((await asOwner.delete(`/users/${admin.id}`)).status).toBe(204);
    expect((await members(key)).body.data.map(({ id }: Person) => id)).toEqual([owner.id]);
  });

  it('is named as who acts', async () => {
    const key = await makeApiKey(owner, workspaceId);
    const member = await addMember(platform, owner, workspaceId);
    expect((await platform.api.as(key.key).delete(`/users/${member.id}`)).status).toBe(204);
    const events = await platform.query(
      `SELECT actor_id FROM events WHERE workspace_id = $1 AND type = 'workspace.member-left'`,
      [workspaceId],
    );
    expect(events).toEqual([{ actor_id: key.id }]);
  });

  it.each([
    ['one that nobody made', newApiKeyText()],
    ['one that is too short', newApiKeyText().slice(0, -1)],
    ['one that is too long', `${newApiKeyText()}x`],
    ['the beginning of one', 'atr_'],
    ['a beginning and SQL', `atr_${"'OR'1'='1".padEnd(43, '-')}`],
    ['8 KB behind the beginning', `atr_${'x'.repeat(8_000)}`],
  ])('opens nothing as %s', async (_what, key) => {
    expectProblem(await members({ key }), 401, 'UNAUTHENTICATED');
  });

  it('opens nothing by its prefix, in capitals, or by what is stored of it', async () => {
    const { id, key } = await makeApiKey(owner, workspaceId);
    const [row] = await platform.query<{ hash: string }>('SELECT hash FROM api_keys WHERE id = $1', [id]);
    for (const guess of [key.slice(0, 12), key.slice(4), key.toUpperCase(), row?.hash ?? '', `atr_${row?.hash}`]) {
      expectProblem(await members({ key: guess }), 401, 'UNAUTHENTICATED');
    }
  });

  it('opens nothing from the moment it ends, and says so', async () => {
    const key = await makeApiKey(owner, workspaceId, { expiresAt: new Date(Date.now() + 60_000) });
    expect((await members(key)).status).toBe(200);
    await platform.query('UPDATE api_keys SET expires_at = now() WHERE id = $1', [key.id]);
    await eventually(async () => {
      const answer = await members(key);
      expectProblem(answer, 401, 'TOKEN_EXPIRED');
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="atrium", error="invalid_token"');
    });
  });

  it('is known from all others while many are in use', async () => {
    const other = await makeWorkspace(owner);
    const keys = await Promise.all([workspaceId, other].map((workspace) => makeApiKey(owner, workspace)));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => platform.api.as(keys[index % 2]?.key ?? '').get('/roles')),
    );
    const roles = answers.map(({ body }) => body.data[0].id);
    expect(new Set(roles).size).toBe(2);
    for (const [index, role] of roles.entries()) expect(role).toBe(roles[index % 2]);
  });

  describe('tells when it was last used', () => {
    it('once a minute at most', async () => {
      const key = await makeApiKey(owner, workspaceId);
      expect(await lastUseOf(key)).toBeNull();
      const before = Date.now();
      await members(key);
      const first = await lastUseOf(key);
      expect(first?.getTime()).toBeGreaterThanOrEqual(before);
      // Another node has to look the key up, as it knows nothing of it yet.
      const other = await TestPlatform.start({ database: platform.database });
      expect((await other.api.as(key.key).get('/users')).status).toBe(200);
      await other.stop();
      expect(await lastUseOf(key)).toEqual(first);
      await platform.query(`UPDATE api_keys SET last_used_at = last_used_at - interval '61 seconds'`);
      await eventually(async () => {
        await members(key);
        expect((await lastUseOf(key))?.getTime()).toBeGreaterThanOrEqual(first?.getTime() ?? Infinity);
      });
      const { body } = await owner.api.get('/api-keys', { 'X-Workspace-Id': workspaceId });
      expect(body.data[0].lastUsedAt).toBe((await lastUseOf(key))?.toISOString());
    });

    it('not at the price of the request, should that not be written', async () => {
      const key = await makeApiKey(owner, workspaceId);
      await platform.query(
        `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no disk'; END $$;
         CREATE TRIGGER refuse BEFORE UPDATE OF last_used_at ON api_keys EXECUTE FUNCTION refuse()`,
      );
      try {
        expect((await members(key)).status).toBe(200);
      } finally {
        await platform.query('DROP TRIGGER refuse ON api_keys; DROP FUNCTION refuse');
      }
      expect(await lastUseOf(key)).toBeNull();
      await eventually(() => expect(log()).toContain('The use of an API key could not be noted'));
      expect(log()).not.toContain(key.key.slice(4));
    });

    it('without waiting for who holds the key', async () => {
      const key = await makeApiKey(owner, workspaceId);
      const release = await openTransaction(
        platform.database,
        `SELECT FROM api_keys WHERE id = '${key.id}' FOR UPDATE`,
      );
      try {
        expect((await members(key)).status).toBe(200);
        expect(await lastUseOf(key)).toBeNull();
        expect(log()).not.toContain(key.id);
      } finally {
        await release();
      }
    });

    it('never of one that was revoked', async () => {
      const key = await makeApiKey(owner, workspaceId);
      await owner.api.delete(`/api-keys/${key.id}`, undefined, { 'X-Workspace-Id': workspaceId });
      expectProblem(await members(key), 401, 'SESSION_REVOKED');
      expect(await lastUseOf(key)).toBeNull();
    });
  });
});
