import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { loggedEvents } from '../../../../../tests/support/loggedEvents';
import { addMember, makeWorkspace, type Person } from '../../../../../tests/support/people';
import { expectDenied, expectEscalation, expectReadOnly, makeRole, roleId } from '../../../../../tests/support/roles';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { allInOneWorkspace } from '../../../../../tests/support/workspaceStage';
import { newId } from '../../../../core/domain/Id';

describe('The roles that a workspace has made', () => {
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
      expect((await loggedEvents(platform, workspaceId, 'role.changed')).at(-1)).toMatchObject({
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
      expectDenied(await put(viewer, { name: 'Mine' }), 'roles.update');
      await platform.query('DELETE FROM roles WHERE NOT system');
      expectEscalation(await put(admin, { permissions: ['users.read', 'workspaces.delete'] }));
      const { id } = await makeRole(as(owner), { name: 'Mighty', permissions: ['workspaces.delete'] });
      expectEscalation(await as(admin).put(`/roles/${id}`, { name: 'Mine' }));
      expectEscalation(await as(admin).put(`/roles/${id}`, { permissions: [] }));
    });

    it('leaves built-in roles alone, and knows those of the workspace only', async () => {
      expectReadOnly(await as(owner).put(`/roles/${await roleId(as(owner), 'viewer')}`, { name: 'Reader' }));
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
      expectDenied(await add(viewer, id, 'users.read'), 'roles.update');
      expectDenied(await as(viewer).delete(`/roles/${id}/permissions/users.read`), 'roles.update');
      expectEscalation(await add(admin, id, 'users.update'));
      expectEscalation(await as(admin).delete(`/roles/${id}/permissions/workspaces.delete`));
      const plain = await makeRole(as(owner), { key: 'plain' });
      expectEscalation(await add(admin, plain.id, 'workspaces.delete'));
      const builtIn = await roleId(as(owner), 'viewer');
      expectReadOnly(await add(owner, builtIn, 'users.update'));
      expectReadOnly(await as(owner).delete(`/roles/${builtIn}/permissions/users.read`));
      expectProblem(await add(owner, newId(), 'users.read'), 404, 'NOT_FOUND');
    });
  });

  it('are as wide as what one holds at that moment', async () => {
    const { id } = await makeRole(as(owner), { key: 'editor', permissions: ['roles.update', 'roles.read'] });
    const editor = await addMember(platform, owner, workspaceId, { role: 'editor' });
    const { id: target } = await makeRole(as(owner), { key: 'target', permissions: [] });
    const add = () => as(editor).post(`/roles/${target}/permissions`, { permission: 'users.update' });
    expectEscalation(await add());
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
    expectDenied(
      await strict.api.as(viewer.accessToken, workspaceId).put(`/roles/${id}`, { name: 'Crew' }),
      'roles.update',
    );
    await strict.stop();
  });
});
