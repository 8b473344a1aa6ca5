import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { login } from '../../../../../tests/support/passwords';
import { anAddress, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { makePlatformAdmin } from '../../../../../tests/support/platformAdmin';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { startTwoNodes, type TwoNodes } from '../../../../../tests/support/twoNodes';
import { newId } from '../../../../core/domain/Id';

describe('Accounts, for a platform admin', () => {
  let nodes: TwoNodes;
  let platform: TestPlatform;
  let admin: Person;

  beforeAll(async () => {
    nodes = await startTwoNodes();
    platform = nodes.one;
    admin = await signUp(platform, { email: 'root@platform.example' });
    await makePlatformAdmin(platform, admin);
  });

  afterAll(() => nodes.stop());

  const list = (query = ''): Promise<ApiAnswer> => admin.api.get(`/admin/users${query}`);
  const idsOf = ({ body }: ApiAnswer): string[] => body.data.map(({ id }: Person) => id);
  const change = (id: string, body: object, by = admin): Promise<ApiAnswer> =>
    by.api.put(`/admin/users/${id}/status`, body);

  describe('GET /admin/users', () => {
    it('lists all accounts, in the order they were opened, by cursor and by page', async () => {
      for (let count = 0; count < 3; count += 1) await signUp(platform);
      const whole = idsOf(await list('?limit=100'));
      expect(whole[0]).toBe(admin.id);
      expect(idsOf(await list('?limit=100&sort=-createdAt'))).toEqual([...whole].reverse());
      const first = await list('?limit=2');
      const second = await list(`?limit=2&cursor=${first.body.meta.nextCursor}`);
      expect([...idsOf(first), ...idsOf(second)]).toEqual(whole.slice(0, 4));
      const { meta } = (await list('?page=1&limit=2')).body;
      expect(meta).toEqual({ page: 1, limit: 2, total: whole.length, totalPages: Math.ceil(whole.length / 2) });
      expect(first.body.data[0]).toEqual((await admin.api.get('/users/me')).body.data);
    });

    it('finds accounts by part of their address and by status', async () => {
      const { id, email } = await signUp(platform, { email: anAddress('odd_one') });
      expect(idsOf(await list('?q=ODD_ONE'))).toEqual([id]);
      expect(idsOf(await list(`?q=${email.slice(3, 20)}`))).toEqual([id]);
      for (const q of ['odd-one', 'odd%25one', 'o%25', '_dd_one', '%5C'])
        expect(idsOf(await list(`?q=${q}`))).toEqual([]);
      expect(idsOf(await list('?q=odd_one&status=banned'))).toEqual([]);
      await change(id, { status: 'banned' });
      expect(idsOf(await list('?q=odd_one&status=banned'))).toEqual([id]);
      expect((await list('?q=odd_one&page=1')).body.meta.total).toBe(1);
    });

    it.each([
      ['sort=email', 'sort'],
      ['status=closed', 'status'],
      ['q=', 'q'],
      ['limit=101', 'limit'],
      ['role=owner', 'role'],
    ])('refuses ?%s', async (query, field) => {
      expectInvalid(await list(`?${query}`), field);
    });
  });

  describe('PUT /admin/users/:id/status', () => {
    it.each([
      ['inactive', 'ACCOUNT_INACTIVE'],
      ['banned', 'ACCOUNT_BANNED'],
    ])('makes an account %s: out at once on both nodes, and not in again', async (status, code) => {
      const person = await signUp(platform);
      const there = nodes.two.api.as(person.accessToken);
      expect((await there.get('/users/me')).status).toBe(200);
      const answer = await change(person.id, { status, reason: 'spam' });
      expect([answer.status, answer.body.data]).toEqual([200, expect.objectContaining({ id: person.id, status })]);
      await eventually(async () => expectProblem(await there.get('/users/me'), 401, 'SESSION_REVOKED'));
      expectProblem(await login(platform, person.email), 403, code);
      const { refreshToken } = person;
      expectProblem(await platform.api.post('/auth/refresh-token', { refreshToken }), 401, 'SESSION_REVOKED');
      const events = await platform.query(
        `SELECT actor_id AS by, facts FROM events WHERE type = 'user.status-changed' AND facts ->> 'userId' = $1`,
        [person.id],
      );
      expect(events).toEqual([
        { by: admin.id, facts: { userId: person.id, from: 'active', to: status, reason: 'spam' } },
      ]);
    });

    it('lets somebody sign in again, with a new session only', async () => {
      const person = await signUp(platform);
      await change(person.id, { status: 'inactive' });
      await change(person.id, { status: 'active' });
      expect((await login(platform, person.email)).status).toBe(200);
      await eventually(async () => expectProblem(await person.api.get('/users/me'), 401, 'SESSION_REVOKED'));
    });

    it('refuses the admin’s own account, and knows none that there is not', async () => {
      expectProblem(await change(admin.id, { status: 'inactive' }), 403, 'ROLE_ESCALATION');
      expectProblem(await change(newId(), { status: 'banned' }), 404, 'NOT_FOUND');
      expectInvalid(await change('x', { status: 'banned' }), 'id');
      expectInvalid(await change(admin.id, { status: 'banned', isAdmin: true }), 'isAdmin');
      expect((await admin.api.get('/users/me')).body.data.status).toBe('active');
    });
  });

  it('are for nobody else, whatever they are in their workspaces', async () => {
    const owner = await signUp(platform);
    const workspaceId = await makeWorkspace(owner);
    const { api } = { api: platform.api.as(owner.accessToken, workspaceId) };
    expectProblem(await api.get('/admin/users'), 403, 'PERMISSION_DENIED');
    expectProblem(await api.put(`/admin/users/${admin.id}/status`, { status: 'banned' }), 403, 'PERMISSION_DENIED');
    expectProblem(await platform.api.get('/admin/users'), 401, 'UNAUTHENTICATED');
    // The platform's admin is no member of everything.
    expectProblem(await platform.api.as(admin.accessToken, workspaceId).get('/users'), 404, 'NOT_FOUND');
    await platform.query('UPDATE users SET platform_admin = false WHERE id = $1', [owner.id]);
  });
});
