import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { makeRole, roleId } from '../../../../../tests/support/roles';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';

describe('The roles that a workspace makes', () => {
  let platform: TestPlatform;
  let owner: Person;
  let admin: Person;
  let viewer: Person;
  let workspaceId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
    admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
    viewer = await addMember(platform, owner, workspaceId, { role: 'viewer' });
  });

  beforeEach(() => platform.query('DELETE FROM roles WHERE NOT system'));

  afterAll(() => platform.stop());

  const as = ({ accessToken }: Person) => platform.api.as(accessToken, workspaceId);
  const denied = (answer: ApiAnswer, permission: string) =>
    expectProblem(answer, 403, 'PERMISSION_DENIED', { permission, grantableBy: ['admin', 'owner'] });
  const escalation = (answer: ApiAnswer) => expectProblem(answer, 403, 'ROLE_ESCALATION');
  const readOnly = (answer: ApiAnswer) => {
    expectProblem(answer, 403, 'PERMISSION_DENIED');
    expect(answer.body.detail).toMatch(/read-only/);
  };
  const events = (type: string) =>
    platform.query('SELECT actor_id AS by, facts FROM events WHERE workspace_id = $1 AND type = $2 ORDER BY id', [
      workspaceId,
      type,
    ]);

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
      expect(await events('role.created')).toEqual([{ by: admin.id, facts: { role } }]);
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
      denied(await as(viewer).post('/roles', { name: 'Crew', permissions: [] }), 'roles.create');
      escalation(await as(admin).post('/roles', { name: 'Crew', permissions: ['workspaces.delete'] }));
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

  describe('PUT /roles/:id', () => {
    const put = async (by: Person, body: object, headers = {}) => {
      const { id } = await makeRole(as(owner), { permissions: ['users.read'] });
      return as(by).put(`/roles/${id}`, body, headers);
    };

    it('changes what is named, keeps the rest, and answers it', async () => {
      const first = await put(admin, { name: 'Crew', key: 'support' });
      expect(first.status).toBe(200);
      expect(first.body.data).toMatchObject({ key: 'support', name: 'Crew', permissions: ['users.read'] });
      const path = `/roles/${first.body.data.id}`;
      const second = await as(admin).put(path, { description: null, permissions: ['users.update'] });
      expect(second.body.data).toMatchObject({ name: 'Crew', description: null, permissions: ['users.update'] });
      const read = await as(viewer).get(path);
      expect([read.body, read.headers.get('etag')]).toEqual([second.body, second.headers.get('etag')]);
      expect((await events('role.changed')).at(-1)).toMatchObject({
        by: admin.id,
        facts: { added: ['users.update'], removed: ['users.read'] },
      });
    });

    it.each<[string, object, string[]]>([
      ['nothing', {}, ['body']],
      ['another key', { key: 'crew' }, ['key']],
      ['no name', { name: '' }, ['name']],
      ['unknown permissions', { permissions: ['x', 'users.read', 'users.fly'] }, ['permissions.0', 'permissions.2']],
      ['more', { memberCount: 7 }, ['memberCount']],
    ])('refuses %s', async (_what, body, fields) => {
      expectInvalid(await put(owner, body), ...fields);
    });

    it('asks for the permission, and for all that the role holds before and after', async () => {
      denied(await put(viewer, { name: 'Mine' }), 'roles.update');
      await platform.query('DELETE FROM roles WHERE NOT system');
      escalation(await put(admin, { permissions: ['users.read', 'workspaces.delete'] }));
      const { id } = await makeRole(as(owner), { name: 'Mighty', permissions: ['workspaces.delete'] });
      escalation(await as(admin).put(`/roles/${id}`, { name: 'Mine' }));
      escalation(await as(admin).put(`/roles/${id}`, { permissions: [] }));
    });

    it('leaves built-in roles alone, and knows those of the workspace only', async () => {
      readOnly(await as(owner).put(`/roles/${await roleId(as(owner), 'viewer')}`, { name: 'Reader' }));
      const elsewhere = platform.api.as(owner.accessToken, await makeWorkspace(owner));
      const { id } = await makeRole(elsewhere);
      expectProblem(await as(owner).put(`/roles/${id}`, { name: 'Mine' }), 404, 'NOT_FOUND');
    });

    it('changes nothing but what If-Match knows', async () => {
      const { id } = await makeRole(as(owner));
      const { headers } = await as(admin).get(`/roles/${id}`);
      const known = { 'If-Match': headers.get('etag') ?? '' };
      expect((await as(admin).put(`/roles/${id}`, { name: 'First' }, known)).status).toBe(200);
      expectProblem(await as(owner).put(`/roles/${id}`, { name: 'Second' }, known), 412, 'PRECONDITION_FAILED');
      expect((await as(owner).get(`/roles/${id}`)).body.data.name).toBe('First');
    });

    it('lets one of two changes of the same state through', async () => {
      const { id } = await makeRole(as(owner));
      const { headers } = await as(owner).get(`/roles/${id}`);
      const known = { 'If-Match': headers.get('etag') ?? '' };
      const answers = await Promise.all(
        ['First', 'Second', 'Third'].map((name) => as(owner).put(`/roles/${id}`, { name }, known)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    });
  });

  describe('DELETE /roles/:id', () => {
    it('deletes one that nobody has', async () => {
      const { id } = await makeRole(as(owner));
      const { status, body } = await as(admin).delete(`/roles/${id}`);
      expect([status, body]).toEqual([204, undefined]);
      expectProblem(await as(owner).get(`/roles/${id}`), 404, 'NOT_FOUND');
      expectProblem(await as(owner).delete(`/roles/${id}`), 404, 'NOT_FOUND');
      expect((await events('role.deleted')).at(-1)).toEqual({ by: admin.id, facts: { roleId: id, key: 'support' } });
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
      denied(await as(viewer).delete(`/roles/${id}`), 'roles.delete');
      escalation(await as(admin).delete(`/roles/${id}`));
      readOnly(await as(owner).delete(`/roles/${await roleId(as(owner), 'member')}`));
      const stale = await as(owner).delete(`/roles/${id}`, undefined, { 'If-Match': '"stale"' });
      expectProblem(stale, 412, 'PRECONDITION_FAILED');
      const { headers } = await as(owner).get(`/roles/${id}`);
      const known = { 'If-Match': headers.get('etag') ?? '' };
      expect((await as(owner).delete(`/roles/${id}`, undefined, known)).status).toBe(204);
    });
  });

  describe('the permissions of a role', () => {
    it('are added and taken one by one', async () => {
      const { id } = await makeRole(as(owner));
      for (let times = 0; times < 2; times += 1) {
        const { status, body } = await as(admin).post(`/roles/${id}/permissions`, { permission: 'users.update' });
        expect([status, body.data.permissions]).toEqual([200, ['users.read', 'users.update']]);
      }
      expect((await as(admin).delete(`/roles/${id}/permissions/users.read`)).status).toBe(204);
      expect((await as(viewer).get(`/roles/${id}`)).body.data.permissions).toEqual(['users.update']);
      expectProblem(await as(admin).delete(`/roles/${id}/permissions/users.read`), 404, 'NOT_FOUND');
      expectProblem(await as(admin).delete(`/roles/${id}/permissions/users.fly`), 404, 'NOT_FOUND');
    });

    it('are those of the catalogue', async () => {
      const { id } = await makeRole(as(owner));
      expectInvalid(await as(owner).post(`/roles/${id}/permissions`, { permission: 'users.fly' }), 'permission');
      expectInvalid(await as(owner).post(`/roles/${id}/permissions`, {}), 'permission');
      expectInvalid(await as(owner).delete(`/roles/${id}/permissions/users`), 'permission');
    });

    it('are added and taken by who may, and holds them and all the others', async () => {
      const { id } = await makeRole(as(owner), { permissions: ['users.read', 'workspaces.delete'] });
      const add = (by: Person, role: string, permission: string) =>
        as(by).post(`/roles/${role}/permissions`, { permission });
      denied(await add(viewer, id, 'users.read'), 'roles.update');
      denied(await as(viewer).delete(`/roles/${id}/permissions/users.read`), 'roles.update');
      escalation(await add(admin, id, 'users.update'));
      escalation(await as(admin).delete(`/roles/${id}/permissions/workspaces.delete`));
      const plain = await makeRole(as(owner), { key: 'plain' });
      escalation(await add(admin, plain.id, 'workspaces.delete'));
      const builtIn = await roleId(as(owner), 'viewer');
      readOnly(await add(owner, builtIn, 'users.update'));
      readOnly(await as(owner).delete(`/roles/${builtIn}/permissions/users.read`));
      expectProblem(await add(owner, newId(), 'users.read'), 404, 'NOT_FOUND');
    });
  });

  it('are as wide as what one holds at that moment', async () => {
    const { id } = await makeRole(as(owner), { key: 'editor', permissions: ['roles.update', 'roles.read'] });
    const editor = await addMember(platform, owner, workspaceId, { role: 'editor' });
    const { id: target } = await makeRole(as(owner), { key: 'target', permissions: [] });
    const add = () => as(editor).post(`/roles/${target}/permissions`, { permission: 'users.update' });
    escalation(await add());
    await as(owner).post(`/roles/${id}/permissions`, { permission: 'users.update' });
    expect((await add()).status).toBe(200);
    await as(owner).delete(`/workspaces/${workspaceId}/members/${editor.id}`);
  });

  it('are changed without If-Match where the platform does not ask for it, and otherwise not', async () => {
    const strict = await TestPlatform.start({ environment: { REQUIRE_IF_MATCH: 'true' }, database: platform.database });
    const api = strict.api.as(owner.accessToken, workspaceId);
    const { id } = await makeRole(api);
    expectProblem(await api.put(`/roles/${id}`, { name: 'Crew' }), 428, 'PRECONDITION_REQUIRED');
    const { headers } = await api.get(`/roles/${id}`);
    const known = { 'If-Match': headers.get('etag') ?? '' };
    expect((await api.put(`/roles/${id}`, { name: 'Crew' }, known)).status).toBe(200);
    expect((await api.post(`/roles/${id}/permissions`, { permission: 'users.read' })).status).toBe(200);
    expect((await api.delete(`/roles/${id}`)).status).toBe(204);
    denied(await strict.api.as(viewer.accessToken, workspaceId).put(`/roles/${id}`, { name: 'Crew' }), 'roles.update');
    await strict.stop();
  });
});
