import type { ApiAnswer } from '../support/ApiClient';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { declaredRoutes, nameOf } from '../support/declaredRoutes';
import { eventually } from '../support/eventually';
import { expectInvalid, expectProblem } from '../support/expectProblem';
import { accept, invitationToken, invite } from '../support/invitations';
import { jobsDone } from '../support/jobsDone';
import { addMember, anAddress, makeWorkspace, type Person, signUp } from '../support/people';
import { makeRole, roleId } from '../support/roles';
import { SocketClient } from '../support/SocketClient';
import { TestPlatform } from '../support/testPlatform';

const ROUNDS = 100;
const LONG_MS = 120_000;

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

  const escalation = (answer: ApiAnswer) => expectProblem(answer, 403, 'ROLE_ESCALATION');

  /** Whatever is attempted has the expected answer, leaves no trace, and nobody in the workspace hears of it. */
  async function leavesNoTrace(attempt: () => Promise<ApiAnswer>, expectation: (answer: ApiAnswer) => void) {
    await jobsDone(platform);
    const witness = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId });
    const before = await databaseSnapshot(platform);
    expectation(await attempt());
    expect(await databaseSnapshot(platform)).toEqual(before);
    expect(witness.heard).toEqual([]);
    witness.disconnect();
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
        await leavesNoTrace(attempt, escalation);
      }
    });

    it('without the permission at all', async () => {
      for (const attempt of [
        () => setRoles(member, member, 'admin'),
        () => as(member).post(`/users/${member.id}/roles`, { role: 'admin' }),
        () => as(member).post('/roles', { name: 'Mine', permissions: ['users.delete'] }),
      ]) {
        await leavesNoTrace(attempt, (answer) =>
          expectProblem(answer, 403, 'PERMISSION_DENIED', { permission: expect.stringMatching(/^roles\./) }),
        );
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
        await leavesNoTrace(attempt, escalation);
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
        await leavesNoTrace(attempt, escalation);
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
          await leavesNoTrace(attempt, (answer) => expectProblem(answer, 403, 'PERMISSION_DENIED'));
        }
      },
    );

    it(
      'by what one held when the request began, while one is demoted',
      async () => {
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
      },
      LONG_MS,
    );
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

  describe('12: two owners at the same moment', () => {
    const activeOwners = () =>
      platform.query(
        `SELECT user_id FROM members JOIN member_roles USING (workspace_id, user_id)
           JOIN roles ON roles.workspace_id = members.workspace_id AND roles.id = role_id
         WHERE members.workspace_id = $1 AND status = 'active' AND key = 'owner'`,
        [workspaceId],
      );

    it(
      `demote each other, ${ROUNDS} times`,
      async () => {
        await setRoles(owner, admin, 'owner');
        for (let round = 0; round < ROUNDS; round += 1) {
          const answers = await Promise.all([setRoles(owner, admin, 'admin'), setRoles(admin, owner, 'admin')]);
          expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
          const [left, ...others] = await activeOwners();
          expect([left !== undefined, others]).toEqual([true, []]);
          const [winner, loser] = left?.user_id === owner.id ? [owner, admin] : [admin, owner];
          expect((await setRoles(winner, loser, 'owner')).status).toBe(200);
        }
      },
      LONG_MS,
    );

    it(
      'demote themselves, suspend and remove each other, by whatever route and condition',
      async () => {
        const id = await roleId(as(owner), 'owner');
        await as(owner).post(`/users/${owner.id}/roles`, { role: 'viewer' });
        const ways: ((by: Person, other: Person) => Promise<ApiAnswer>)[] = [
          (by) => setRoles(by, by, 'viewer'),
          (by, other) => as(by).delete(`/users/${other.id}/roles/${id}`),
          (by, other) => as(by).delete(`/users/${other.id}`, undefined, { 'If-Match': '*' }),
          (by) => by.api.delete(`/workspaces/${workspaceId}/members/${by.id}`),
          (by, other) => as(by).put(`/users/${other.id}/status`, { status: 'banned' }),
        ];
        for (const [index, way] of ways.entries()) {
          const other = ways[(index + 1) % ways.length] ?? way;
          for (const [mine, theirs] of [
            [way, way],
            [way, other],
          ] as const) {
            workspaceId = await makeWorkspace(owner);
            const second = await addMember(platform, owner, workspaceId, { role: 'owner' });
            const answers = await Promise.all([mine(owner, second), theirs(second, owner)]);
            expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
            expect((await activeOwners()).length).toBeGreaterThanOrEqual(1);
          }
        }
      },
      LONG_MS,
    );
  });

  it(
    '12: two owners who know each other’s state remove each other, 20 times',
    async () => {
      for (let round = 0; round < 20; round += 1) {
        workspaceId = await makeWorkspace(owner);
        const second = await addMember(platform, owner, workspaceId, { role: 'owner' });
        const remove = (by: Person, { id }: Person) => as(by).delete(`/users/${id}`, undefined, { 'If-Match': '*' });
        const answers = await Promise.all([remove(owner, second), remove(second, owner)]);
        expect(answers.map(({ status }) => status)).toContain(204);
        expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
      }
    },
    LONG_MS,
  );

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
      await leavesNoTrace(
        () => accept(person, workspaceId, token),
        (answer) => expectProblem(answer, 410, 'INVITATION_GONE'),
      );
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
    await leavesNoTrace(() => as(owner).delete(`/users/${member.id}/roles/${theirs.id}`), missing);
    await leavesNoTrace(() => as(owner).post(`/users/${stranger.id}/roles`, { role: 'viewer' }), missing);
    await leavesNoTrace(() => setRoles(owner, stranger, 'viewer'), missing);
    await leavesNoTrace(() => as(owner).put(`/roles/${theirs.id}`, { name: 'Mine' }), missing);
    await leavesNoTrace(
      () => setRoles(owner, member, 'viewer', 'theirs'),
      (answer) => expectInvalid(answer, 'roles.1'),
    );
  });

  it('a permission that is taken is gone within a second, whoever keeps asking', async () => {
    const { id } = await makeRole(as(owner), { key: 'reader', permissions: ['users.read'] });
    await setRoles(owner, member, 'reader');
    await eventually(async () => expect((await as(member).get('/users')).status).toBe(200));
    await as(owner).delete(`/roles/${id}/permissions/users.read`);
    await eventually(async () => expect((await as(member).get('/users')).status).toBe(403), { within: 1000 });
  });
});
