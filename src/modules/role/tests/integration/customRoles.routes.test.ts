import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { loggedEvents } from '../../../../../tests/support/loggedEvents';
import { makeWorkspace, type Person } from '../../../../../tests/support/people';
import { expectDenied, expectEscalation, expectReadOnly, makeRole, roleId } from '../../../../../tests/support/roles';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { allInOneWorkspace } from '../../../../../tests/support/workspaceStage';
import { newId } from '../../../../core/domain/Id';

describe('The roles that a workspace makes', () => {
  let platform: TestPlatform;
  let owner: Person;
  let admin: Person;
  let viewer: Person;
  let workspaceId: string;

  allInOneWorkspace(['admin', 'viewer'], (its) => {
    ({ platform, owner, admin, viewer, workspaceId } = its);
  });

  beforeEach(() => platform.query('DELETE FROM roles WHERE NOT system'));

  const as = ({ accessToken }: Person) => platform.api.as(accessToken, workspaceId);

  describe('POST /roles', () => {
    it('makes one, and says where it is', async () => {
      const input = { name: 'Support Team', description: 'They help', permissions: ['users.update', 'users.read'] };
      const { status, body, headers } = await as(admin).post('/roles', input);
      const permissions = ['users.read', 'users.update'];
      const made = { id: expect.any(String), key: 'support-team', name: 'Support Team', description: 'They help' };
      expect([status, body.data]).toEqual([201, { ...made, system: false, permissions, memberCount: 0 }]);
      expect(headers.get('location')).toBe(`/api/v1/roles/${body.data.id}`);
      expect((await as(viewer).get(`/roles/${body.data.id}`)).body).toEqual(body);
      const role = { ...made, id: body.data.id, system: false, permissions };
      expect(await loggedEvents(platform, workspaceId, 'role.created')).toEqual([{ by: admin.id, facts: { role } }]);
    });

    it('takes the key that is given, which is of no other role of the workspace', async () => {
      const { key } = await makeRole(as(owner), { key: 'crew-2' });
      expect(key).toBe('crew-2');
      for (const taken of ['crew-2', 'owner', 'viewer']) {
        const answer = await as(owner).post('/roles', { key: taken, name: 'Crew', permissions: [] });
        expectProblem(answer, 409, 'ROLE_KEY_TAKEN');
      }
      expectProblem(await as(owner).post('/roles', { name: 'Admin', permissions: [] }), 409, 'ROLE_KEY_TAKEN');
      const elsewhere = platform.api.as(owner.accessToken, await makeWorkspace(owner));
      expect((await makeRole(elsewhere, { key: 'crew-2' })).key).toBe('crew-2');
    });

    it.each<[string, object, string[]]>([
      ['nothing', {}, ['name', 'permissions']],
      ['no permissions', { name: 'Crew' }, ['permissions']],
      ['a malformed key', { name: 'Crew', key: 'Crew', permissions: [] }, ['key']],
      ['a name of two lines', { name: 'Cr\new', permissions: [] }, ['name']],
      ['a long description', { name: 'Crew', description: 'x'.repeat(501), permissions: [] }, ['description']],
      ['unknown permissions', { name: 'Crew', permissions: ['users.read', 'users.fly'] }, ['permissions.1']],
      ['a permission twice', { name: 'Crew', permissions: ['users.read', 'users.read'] }, ['permissions.1']],
      ['another type', { name: ['Crew'], permissions: 'users.read' }, ['name', 'permissions']],
      ['more', { name: 'Crew', permissions: [], system: true, workspaceId: newId() }, ['system', 'workspaceId']],
    ])('refuses %s', async (_what, input, fields) => {
      expectInvalid(await as(owner).post('/roles', input), ...fields);
    });

    it('asks for the permission, and for everything that the role is to hold', async () => {
      expectDenied(await as(viewer).post('/roles', { name: 'Crew', permissions: [] }), 'roles.create');
      expectEscalation(await as(admin).post('/roles', { name: 'Crew', permissions: ['workspaces.delete'] }));
      expect((await as(owner).post('/roles', { name: 'Crew', permissions: ['workspaces.delete'] })).status).toBe(201);
    });

    it('makes one once for each Idempotency-Key', async () => {
      const send = () => as(owner).post('/roles', { name: 'Crew', permissions: [] }, { 'Idempotency-Key': 'crew' });
      const [first, second] = [await send(), await send()];
      expect([second.status, second.body, second.headers.get('idempotency-replayed')]).toEqual([
        201,
        first.body,
        'true',
      ]);
    });
  });

  describe('GET /roles', () => {
    it('pages by cursor and by number, in the order that is asked for', async () => {
      for (const name of ['Zebra', 'Aardvark', 'Mole']) await makeRole(as(owner), { name });
      const names = async (query: string) =>
        (await as(viewer).get(`/roles?${query}`)).body.data.map(({ name }: { name: string }) => name);
      expect(await names('sort=-createdAt&limit=3')).toEqual(['Mole', 'Aardvark', 'Zebra']);
      expect(await names('sort=name&limit=2')).toEqual(['Aardvark', 'Admin']);
      const seen: string[] = [];
      let cursor: string | null = '';
      do {
        const page: ApiAnswer = await as(viewer).get(`/roles?sort=name&limit=3${cursor && `&cursor=${cursor}`}`);
        seen.push(...page.body.data.map(({ name }: { name: string }) => name));
        cursor = page.body.meta.nextCursor;
      } while (cursor);
      expect(seen).toEqual(['Aardvark', 'Admin', 'Member', 'Mole', 'Owner', 'Viewer', 'Zebra']);
      expect((await as(viewer).get('/roles?page=2&limit=5')).body.meta).toEqual({
        page: 2,
        limit: 5,
        total: 7,
        totalPages: 2,
      });
    });

    it('takes no cursor of another workspace, and no other order', async () => {
      const { body } = await as(owner).get('/roles?limit=1');
      const elsewhere = platform.api.as(owner.accessToken, await makeWorkspace(owner));
      const foreign = await elsewhere.get(`/roles?limit=1&cursor=${body.meta.nextCursor}`);
      expectProblem(foreign, 400, 'INVALID_CURSOR');
      expectInvalid(await as(owner).get('/roles?sort=key'), 'sort');
    });
  });

  describe('GET /roles/:id', () => {
    it('answers 304 to who has it, until it changes or somebody has it more', async () => {
      const { id } = await makeRole(as(owner));
      const { headers } = await as(viewer).get(`/roles/${id}`);
      const known = { 'If-None-Match': headers.get('etag') ?? '' };
      expect((await as(viewer).get(`/roles/${id}`, known)).status).toBe(304);
      await as(owner).post(`/users/${viewer.id}/roles`, { role: 'support' });
      expect((await as(viewer).get(`/roles/${id}`, known)).body.data.memberCount).toBe(1);
      await as(owner).delete(`/users/${viewer.id}/roles/${id}`);
    });

    it('answers the same for a role of another workspace and for none', async () => {
      const elsewhere = platform.api.as(owner.accessToken, await makeWorkspace(owner));
      const foreign = await as(owner).get(`/roles/${await roleId(elsewhere, 'viewer')}`);
      expectProblem(foreign, 404, 'NOT_FOUND');
      expect(withoutRequest(await as(owner).get(`/roles/${newId()}`))).toEqual(withoutRequest(foreign));
      expectInvalid(await as(owner).get('/roles/support'), 'id');
    });
  });

  describe('DELETE /roles/:id', () => {
    it('deletes one that nobody has', async () => {
      const { id } = await makeRole(as(owner));
      const { status, body } = await as(admin).delete(`/roles/${id}`);
      expect([status, body]).toEqual([204, undefined]);
      expectProblem(await as(owner).get(`/roles/${id}`), 404, 'NOT_FOUND');
      expectProblem(await as(owner).delete(`/roles/${id}`), 404, 'NOT_FOUND');
      expect((await loggedEvents(platform, workspaceId, 'role.deleted')).at(-1)).toEqual({
        by: admin.id,
        facts: { roleId: id, key: 'support' },
      });
    });

    it('keeps one that somebody has', async () => {
      const { id } = await makeRole(as(owner));
      await as(owner).post(`/users/${viewer.id}/roles`, { role: 'support' });
      expectProblem(await as(owner).delete(`/roles/${id}`), 409, 'ROLE_IN_USE');
      await as(owner).delete(`/users/${viewer.id}/roles/${id}`);
      expect((await as(owner).delete(`/roles/${id}`)).status).toBe(204);
    });

    it('asks for the permission, for all that the role holds, and for the state that If-Match knows', async () => {
      const { id } = await makeRole(as(owner), { permissions: ['workspaces.delete'] });
      expectDenied(await as(viewer).delete(`/roles/${id}`), 'roles.delete');
      expectEscalation(await as(admin).delete(`/roles/${id}`));
      expectReadOnly(await as(owner).delete(`/roles/${await roleId(as(owner), 'member')}`));
      const stale = await as(owner).delete(`/roles/${id}`, undefined, { 'If-Match': '"stale"' });
      expectProblem(stale, 412, 'PRECONDITION_FAILED');
      const { headers } = await as(owner).get(`/roles/${id}`);
      const known = { 'If-Match': headers.get('etag') ?? '' };
      expect((await as(owner).delete(`/roles/${id}`, undefined, known)).status).toBe(204);
    });
  });
});
