import type { ApiAnswer, ApiClient } from '../../../../../tests/support/ApiClient';
import { addDeleterRole, makeApiKey } from '../../../../../tests/support/apiKeys';
import { databaseSnapshot } from '../../../../../tests/support/databaseSnapshot';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const DAY_MS = 86_400_000;

const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);

describe('The API keys of a workspace', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let stranger: Person;
  let foreignId: string;
  let api: ApiClient;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
    stranger = await signUp(platform);
    foreignId = await makeWorkspace(stranger);
  });

  beforeEach(async () => {
    workspaceId = await makeWorkspace(owner);
    api = platform.api.as(owner.accessToken, workspaceId);
  });

  afterAll(() => platform.stop());

  const list = async (query = ''): Promise<ApiAnswer['body']> => (await api.get(`/api-keys${query}`)).body;
  const names = async (): Promise<string[]> => (await list()).data.map(({ name }: { name: string }) => name);
  const useOf = (key: string): Promise<ApiAnswer> => platform.api.as(key).get('/users');

  describe('GET /api-keys', () => {
    it('visits every key exactly once by cursor, in the order of their making, or the other way round', async () => {
      const made = ['one', 'two', 'three', 'four', 'five'];
      for (const name of made) await makeApiKey(owner, workspaceId, { name });
      expect(await names()).toEqual(made);
      const walked: string[] = [];
      let cursor = '';
      do {
        const { data, meta } = await list(`?limit=2&sort=-createdAt${cursor}`);
        walked.push(...data.map(({ name }: { name: string }) => name));
        cursor = meta.nextCursor ? `&cursor=${meta.nextCursor}` : '';
      } while (cursor);
      expect(walked).toEqual([...made].reverse());
      expect((await list('?page=2&limit=2')).meta).toEqual({ page: 2, limit: 2, total: 5, totalPages: 3 });
    });

    it('tells nothing that opens a key, and shows those that expired, but none that was revoked', async () => {
      const [kept, revoked] = [
        await makeApiKey(owner, workspaceId, { name: 'kept', expiresAt: inDays(1) }),
        await makeApiKey(owner, workspaceId, { name: 'revoked' }),
      ];
      await platform.query(`UPDATE api_keys SET expires_at = now() WHERE id = $1`, [kept.id]);
      await api.delete(`/api-keys/${revoked.id}`);
      const { data } = await list();
      expect(data).toEqual([
        {
          ...{ id: kept.id, name: 'kept', role: 'admin', prefix: kept.key.slice(0, 12), createdBy: owner.id },
          ...{ createdAt: expect.stringMatching(MOMENT), expiresAt: expect.stringMatching(MOMENT), lastUsedAt: null },
        },
      ]);
    });

    it('takes a cursor back for its own workspace alone', async () => {
      for (const name of ['one', 'two']) await makeApiKey(owner, workspaceId, { name });
      const { nextCursor } = (await list('?limit=1')).meta;
      const elsewhere = platform.api.as(owner.accessToken, await makeWorkspace(owner));
      expectProblem(await elsewhere.get(`/api-keys?limit=1&cursor=${nextCursor}`), 400, 'INVALID_CURSOR');
    });

    it.each(['limit=0', 'limit=101', 'sort=name', 'role=admin'])('refuses the query %s', async (query) => {
      expectInvalid(await api.get(`/api-keys?${query}`), query.split('=')[0] ?? '');
    });

    it('needs the permission', async () => {
      const viewer = await addMember(platform, owner, workspaceId, { role: 'viewer' });
      const answer = await viewer.api.get('/api-keys', { 'X-Workspace-Id': workspaceId });
      expectProblem(answer, 403, 'PERMISSION_DENIED', { permission: 'apiKeys.manage' });
    });
  });

  describe('DELETE /api-keys/:id', () => {
    it('revokes a key for good, and again changes nothing', async () => {
      const { id, key } = await makeApiKey(owner, workspaceId);
      expect((await useOf(key)).status).toBe(200);
      const answer = await api.delete(`/api-keys/${id.toUpperCase()}`);
      expect([answer.status, answer.body]).toEqual([204, undefined]);
      await eventually(async () => expectProblem(await useOf(key), 401, 'SESSION_REVOKED'));
      expect((await api.delete(`/api-keys/${id}`)).status).toBe(204);
      const events = await platform.query(
        `SELECT facts FROM events WHERE workspace_id = $1 AND type = 'auth.api-key-revoked' AND actor_id = $2`,
        [workspaceId, owner.id],
      );
      expect(events).toEqual([{ facts: { apiKeyId: id, name: 'Difference Engine' } }]);
    });

    it('lets an admin revoke a key that may do more, and frees its role', async () => {
      const admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
      const roleId = await addDeleterRole(owner, workspaceId);
      const { id } = await makeApiKey(owner, workspaceId, { role: 'deleter' });
      const deleteRole = () => owner.api.delete(`/roles/${roleId}`, undefined, { 'X-Workspace-Id': workspaceId });
      expectProblem(await deleteRole(), 409, 'ROLE_IN_USE');
      expect((await admin.api.delete(`/api-keys/${id}`, undefined, { 'X-Workspace-Id': workspaceId })).status).toBe(
        204,
      );
      expect((await deleteRole()).status).toBe(204);
    });

    it('needs the permission', async () => {
      const { id, key } = await makeApiKey(owner, workspaceId);
      const member = await addMember(platform, owner, workspaceId);
      const answer = await member.api.delete(`/api-keys/${id}`, undefined, { 'X-Workspace-Id': workspaceId });
      expectProblem(answer, 403, 'PERMISSION_DENIED', { permission: 'apiKeys.manage' });
      expect((await useOf(key)).status).toBe(200);
    });

    it.each(['x', '1', 'all', "'", '%00'])('refuses %j for an id', async (id) => {
      expectInvalid(await api.delete(`/api-keys/${id}`), 'id');
    });

    it('tells nobody whether a key of another workspace exists', async () => {
      const { id, key } = await makeApiKey(owner, workspaceId);
      const before = await databaseSnapshot(platform);
      const theirs = platform.api.as(stranger.accessToken, foreignId);
      const answer = await theirs.delete(`/api-keys/${id}`);
      expectProblem(answer, 404, 'NOT_FOUND');
      expect(withoutRequest(await theirs.delete(`/api-keys/${newId()}`))).toEqual(withoutRequest(answer));
      expect(await databaseSnapshot(platform)).toEqual(before);
      expect((await useOf(key)).status).toBe(200);
    });
  });

  it.each([
    ['GET', '/api-keys', undefined],
    ['POST', '/api-keys', { name: 'Loom', role: 'viewer' }],
    ['DELETE', `/api-keys/${newId()}`, undefined],
  ])('%s %s asks for a member of a workspace that is named', async (method, path, body) => {
    expectProblem(await platform.api.send(method, path, body), 401, 'UNAUTHENTICATED');
    const errors = [{ field: 'X-Workspace-Id', message: 'X-Workspace-Id is required.' }];
    expectProblem(await owner.api.send(method, path, body), 400, 'WORKSPACE_REQUIRED', { errors });
    const foreign = await platform.api.as(stranger.accessToken, workspaceId).send(method, path, body);
    expectProblem(foreign, 404, 'NOT_FOUND');
    const nowhere = await platform.api.as(stranger.accessToken, newId()).send(method, path, body);
    expect(withoutRequest(nowhere)).toEqual(withoutRequest(foreign));
  });
});
