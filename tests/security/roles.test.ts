import type { ApiAnswer } from '../support/ApiClient';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { declaredRoutes, nameOf } from '../support/declaredRoutes';
import { eventually } from '../support/eventually';
import { expectInvalid, expectProblem } from '../support/expectProblem';
import { accept, invitationToken, invite } from '../support/invitations';
import { jobsDone } from '../support/jobsDone';
import { leavesNoTrace } from '../support/leavesNoTrace';
import { addMember, anAddress, makeWorkspace, type Person, signUp } from '../support/people';
import { expectEscalation, makeRole, roleId } from '../support/roles';
import { SocketClient } from '../support/SocketClient';
import { TestPlatform } from '../support/testPlatform';

describe('Attacks by and on roles', () => {
  let platform: TestPlatform;
  let owner: Person;
  let admin: Person;
  let member: Person;
  let workspaceId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
  });

  beforeEach(async () => {
    workspaceId = await makeWorkspace(owner);
    admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
    member = await addMember(platform, owner, workspaceId);
  });

  afterAll(() => platform.stop());

  const as = ({ accessToken }: Person) => platform.api.as(accessToken, workspaceId);
  const setRoles = (by: Person, { id }: Person, ...roles: string[]) =>
    by.api.put(`/workspaces/${workspaceId}/members/${id}/roles`, { roles });

  /** Whatever is attempted leaves no trace, and nobody in the workspace hears of it. */
  async function isUnheard(attempt: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
    await jobsDone(platform);
    const witness = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId });
    const answer = await leavesNoTrace(platform, attempt);
    // Of their other workspaces, people are told notifications on any connection.
    expect(witness.heard.filter(({ facts }) => facts.workspaceId === workspaceId)).toEqual([]);
    witness.disconnect();
    return answer;
  }

  describe('9: raising oneself and others', () => {
    it('by assignment: one’s own, another’s, an owner’s', async () => {
      const owners = await roleId(as(owner), 'owner');
      for (const attempt of [
        () => setRoles(admin, admin, 'owner'),
        () => setRoles(admin, admin, 'admin', 'owner'),
        () => as(admin).post(`/users/${admin.id}/roles`, { role: 'owner' }),
        () => as(admin).post(`/users/${member.id}/roles`, { role: 'owner' }),
        () => setRoles(admin, owner, 'viewer'),
        () => setRoles(admin, owner, 'owner', 'viewer'),
        () => as(admin).post(`/users/${owner.id}/roles`, { role: 'viewer' }),
        () => as(admin).delete(`/users/${owner.id}/roles/${owners}`),
      ]) {
        expectEscalation(await isUnheard(attempt));
      }
    });

    it('without the permission at all', async () => {
      for (const attempt of [
        () => setRoles(member, member, 'admin'),
        () => as(member).post(`/users/${member.id}/roles`, { role: 'admin' }),
        () => as(member).post('/roles', { name: 'Mine', permissions: ['users.delete'] }),
      ]) {
        expectProblem(await isUnheard(attempt), 403, 'PERMISSION_DENIED', {
          permission: expect.stringMatching(/^roles\./),
        });
      }
    });

    it('by a role: made, changed or taken over, with rights that one lacks', async () => {
      const own = await makeRole(as(admin), { key: 'own', permissions: ['users.read'] });
      await setRoles(owner, admin, 'admin', 'own');
      const mighty = await makeRole(as(owner), { key: 'mighty', permissions: ['workspaces.delete', 'users.read'] });
      await setRoles(owner, member, 'mighty');
      for (const attempt of [
        () => as(admin).post('/roles', { name: 'Mine', permissions: ['workspaces.delete'] }),
        () => as(admin).put(`/roles/${own.id}`, { permissions: ['workspaces.delete'] }),
        () => as(admin).post(`/roles/${own.id}/permissions`, { permission: 'workspaces.delete' }),
        () => as(admin).put(`/roles/${mighty.id}`, { name: 'Mine' }),
        () => as(admin).put(`/roles/${mighty.id}`, { permissions: ['users.read'] }),
        () => as(admin).delete(`/roles/${mighty.id}/permissions/workspaces.delete`),
        () => as(admin).delete(`/roles/${mighty.id}`),
        () => setRoles(admin, admin, 'admin', 'mighty'),
        () => setRoles(admin, member, 'viewer'),
        () => as(admin).delete(`/users/${member.id}/roles/${mighty.id}`),
        () => invite(admin, workspaceId, anAddress(), 'mighty'),
      ]) {
        expectEscalation(await isUnheard(attempt));
      }
    });

    it('by a copy of the owner’s role, which makes nobody an owner', async () => {
      const all = (await as(owner).get(`/roles/${await roleId(as(owner), 'owner')}`)).body.data.permissions;
      await makeRole(as(owner), { key: 'almost-owner', permissions: all });
      await setRoles(owner, admin, 'almost-owner');
      for (const attempt of [
        () => setRoles(admin, admin, 'owner'),
        () => setRoles(admin, owner, 'viewer'),
        () => as(admin).put(`/users/${owner.id}/status`, { status: 'banned' }),
        () => as(admin).delete(`/users/${owner.id}`),
        () => invite(admin, workspaceId, anAddress(), 'owner'),
      ]) {
        expectEscalation(await isUnheard(attempt));
      }
    });

    it.each(['owner', 'admin', 'member', 'viewer'])(
      'by the built-in role %s, which is nobody’s to change',
      async (key) => {
        const id = await roleId(as(owner), key);
        for (const attempt of [
          () => as(owner).put(`/roles/${id}`, { permissions: [] }),
          () => as(owner).post(`/roles/${id}/permissions`, { permission: 'users.delete' }),
          () => as(owner).delete(`/roles/${id}/permissions/users.read`),
          () => as(owner).delete(`/roles/${id}`),
        ]) {
          expectProblem(await isUnheard(attempt), 403, 'PERMISSION_DENIED');
        }
      },
    );

    it('by what one held when the request began, while one is demoted', async () => {
      const target = await makeRole(as(owner), { key: 'target', permissions: [] });
      for (let round = 0; round < 20; round += 1) {
        await setRoles(owner, admin, 'admin');
        await as(owner).put(`/roles/${target.id}`, { permissions: [] });
        const [demotion] = await Promise.all([
          setRoles(owner, admin, 'viewer'),
          as(admin).post(`/roles/${target.id}/permissions`, { permission: 'users.delete' }),
        ]);
        expect(demotion.status).toBe(200);
        // Whoever came first: afterwards nothing more is to be had.
        const late = await as(admin).post(`/roles/${target.id}/permissions`, { permission: 'users.create' });
        expect(late.status).toBe(403);
        const held = (await as(owner).get(`/roles/${target.id}`)).body.data.permissions;
        expect(held).not.toContain('users.create');
      }
    });
  });

  describe('10: members that are not for the caller to set', () => {
    const FOREIGN = ['isAdmin', 'emailVerified', 'workspaceId', 'ownerId', 'passwordHash', 'deletedAt', 'system', 'id'];

    /** For every write about roles, what it would be granted with but for the member on top. */
    const GRANTED: Readonly<Record<string, object>> = {
      'post /roles': { name: 'Crew', permissions: [] },
      'put /roles/:id': { name: 'Crew' },
      'delete /roles/:id': {},
      'post /roles/:id/permissions': { permission: 'users.read' },
      'delete /roles/:id/permissions/:permission': {},
      'post /users/:id/roles': { role: 'viewer' },
      'delete /users/:id/roles/:roleId': {},
      'put /workspaces/:id/members/:userId/roles': { roles: ['viewer'] },
      'post /permissions/check': { permission: 'users.read' },
    };

    const writes = declaredRoutes.filter(({ method, path }) => method !== 'get' && /roles|^\/permissions/.test(path));

    it.each(writes.map((route) => [nameOf(route), route] as const))('%s', async (name, { method, path }) => {
      const body = GRANTED[name];
      if (!body) throw new Error(`Say what ${name} is granted with.`);
      const { id } = await makeRole(as(owner));
      await setRoles(owner, member, 'member', 'support');
      const target = path
        .replace('/workspaces/:id', `/workspaces/${workspaceId}`)
        .replace('/users/:id', `/users/${member.id}`)
        .replace('/roles/:id', `/roles/${id}`)
        .replace(':userId', member.id)
        .replace(':roleId', id)
        .replace(':permission', 'users.read');
      const before = await databaseSnapshot(platform);
      for (const foreign of FOREIGN) {
        const input = { ...body, [foreign]: 'owner' };
        expectInvalid(await as(owner).send(method.toUpperCase(), target, input), foreign);
      }
      expect(await databaseSnapshot(platform)).toEqual(before);
    });
  });

  describe('15: an invitation whose maker may no longer', () => {
    const invited = async (by: Person, role = 'member') => {
      const person = await signUp(platform);
      expect((await invite(by, workspaceId, person.email, role)).status).toBe(201);
      return { person, token: await invitationToken(platform, person.email) };
    };

    it.each<[string, (id: string) => Promise<unknown>]>([
      ['has a lesser role', () => setRoles(owner, admin, 'viewer')],
      ['has lost one of several', async (id) => as(owner).delete(`/users/${admin.id}/roles/${id}`)],
      ['has a role that lost a permission', async (id) => as(owner).delete(`/roles/${id}/permissions/users.create`)],
    ])('because they %s is gone, and is back when they may again', async (_why, demote) => {
      const { id } = await makeRole(as(owner), { key: 'inviter', permissions: ['users.create', 'users.read'] });
      await setRoles(owner, admin, 'viewer', 'inviter');
      const { person, token } = await invited(admin, 'viewer');
      await demote(id);
      expectProblem(await isUnheard(() => accept(person, workspaceId, token)), 410, 'INVITATION_GONE');
      await setRoles(owner, admin, 'admin');
      expect((await accept(person, workspaceId, token)).status).toBe(200);
    });

    it('because the role holds more than them by now is gone', async () => {
      const { id } = await makeRole(as(owner), { key: 'growing', permissions: ['users.read'] });
      const { person, token } = await invited(admin, 'growing');
      await as(owner).post(`/roles/${id}/permissions`, { permission: 'workspaces.delete' });
      expectProblem(await accept(person, workspaceId, token), 410, 'INVITATION_GONE');
    });

    it('because the role is gone is gone too', async () => {
      const { id } = await makeRole(as(owner), { key: 'passing' });
      const { person, token } = await invited(admin, 'passing');
      expect((await as(owner).delete(`/roles/${id}`)).status).toBe(204);
      expectProblem(await accept(person, workspaceId, token), 410, 'INVITATION_GONE');
    });
  });

  it('3: a role or a person of another workspace, beside one’s own', async () => {
    const elsewhere = platform.api.as(owner.accessToken, await makeWorkspace(owner));
    const theirs = await makeRole(elsewhere, { key: 'theirs' });
    const stranger = await signUp(platform);
    const missing = (answer: ApiAnswer) => expectProblem(answer, 404, 'NOT_FOUND');
    missing(await isUnheard(() => as(owner).delete(`/users/${member.id}/roles/${theirs.id}`)));
    missing(await isUnheard(() => as(owner).post(`/users/${stranger.id}/roles`, { role: 'viewer' })));
    missing(await isUnheard(() => setRoles(owner, stranger, 'viewer')));
    missing(await isUnheard(() => as(owner).put(`/roles/${theirs.id}`, { name: 'Mine' })));
    expectInvalid(await isUnheard(() => setRoles(owner, member, 'viewer', 'theirs')), 'roles.1');
  });

  it('a permission that is taken is gone, whoever keeps asking', async () => {
    const { id } = await makeRole(as(owner), { key: 'reader', permissions: ['users.read'] });
    await setRoles(owner, member, 'reader');
    await eventually(async () => expect((await as(member).get('/users')).status).toBe(200));
    await as(owner).delete(`/roles/${id}/permissions/users.read`);
    await eventually(async () => expect((await as(member).get('/users')).status).toBe(403));
  });
});
