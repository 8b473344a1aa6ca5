import type { ApiAnswer } from '../support/ApiClient';
import { activeOwners } from '../support/activeOwners';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/expectProblem';
import { leavesNoTrace } from '../support/leavesNoTrace';
import { addMember, makeWorkspace, PASSWORD, type Person, signUp } from '../support/people';
import { roleId } from '../support/roles';
import type { TestPlatform } from '../support/testPlatform';
import { eachInNewWorkspace } from '../support/workspaceStage';

const RACES = 100;

describe('Attacks that would leave a workspace without an owner', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;

  eachInNewWorkspace((its) => {
    ({ platform, owner, workspaceId } = its);
  });

  const as = ({ accessToken }: Person) => platform.api.as(accessToken, workspaceId);
  const remove = (by: Person, { id }: Person): Promise<ApiAnswer> =>
    by.api.delete(`/workspaces/${workspaceId}/members/${id}`);
  const setRoles = (by: Person, { id }: Person, ...roles: string[]) =>
    by.api.put(`/workspaces/${workspaceId}/members/${id}/roles`, { roles });

  describe('11: the last owner', () => {
    const refused = (answer: ApiAnswer) => expectProblem(answer, 409, 'LAST_OWNER');

    it('leaves', async () => {
      await addMember(platform, owner, workspaceId, { role: 'admin' });
      refused(await leavesNoTrace(platform, () => remove(owner, owner)));
      refused(await leavesNoTrace(platform, () => as(owner).delete(`/users/${owner.id}`)));
    });

    it('closes the account', async () => {
      refused(await leavesNoTrace(platform, () => owner.api.delete('/users/me', { password: PASSWORD })));
    });

    it('leaves while the only other owner is suspended', async () => {
      const other = await addMember(platform, owner, workspaceId, { role: 'owner' });
      await as(owner).put(`/users/${other.id}/status`, { status: 'banned' });
      refused(await leavesNoTrace(platform, () => remove(owner, owner)));
    });

    it('offers the ownership, and leaves before it is accepted', async () => {
      const heir = await addMember(platform, owner, workspaceId);
      const path = `/workspaces/${workspaceId}/transfer-ownership`;
      expect((await owner.api.post(path, { userId: heir.id })).status).toBe(201);
      await eventually(async () => expect(await platform.mailsTo(heir.email)).toHaveLength(3));
      refused(await leavesNoTrace(platform, () => remove(owner, owner)));
      expect((await heir.api.post(`${path}/accept`)).status).toBe(200);
      expect(await activeOwners(platform, workspaceId)).toEqual([heir.id]);
      await eventually(async () => expect((await remove(owner, owner)).status).toBe(204));
    });
  });

  it('12: two owners remove, suspend or leave each other in parallel, and one always stays', async () => {
    const other = await signUp(platform);
    const suspend = (by: Person, { id }: Person) => as(by).put(`/users/${id}/status`, { status: 'inactive' });
    const pairs = [
      () => [remove(owner, other), remove(other, owner)],
      () => [remove(owner, owner), remove(other, other)],
      () => [suspend(owner, other), suspend(other, owner)],
      () => [remove(owner, owner), suspend(owner, other), remove(other, other)],
    ];
    for (let race = 0; race < RACES; race += 1) {
      workspaceId = await makeWorkspace(owner, `Race ${race}`);
      // As an invitation would, only sooner.
      await platform.query(
        `INSERT INTO members (workspace_id, user_id, status, joined_at, version) VALUES ($1, $2, 'active', now(), 1)`,
        [workspaceId, other.id],
      );
      await platform.query(
        `INSERT INTO member_roles SELECT workspace_id, $2, id FROM roles WHERE workspace_id = $1 AND key = 'owner'`,
        [workspaceId, other.id],
      );
      const answers = await Promise.all(pairs[race % pairs.length]?.() ?? []);
      expect(answers.filter(({ status }) => status >= 500 && status !== 503)).toEqual([]);
      const active = await activeOwners(platform, workspaceId);
      expect({ race, owners: active.length }).not.toEqual({ race, owners: 0 });
    }
  });

  describe('12: two owners at the same moment', () => {
    it(`demote each other, ${RACES} times`, async () => {
      const admin = await addMember(platform, owner, workspaceId, { role: 'owner' });
      for (let round = 0; round < RACES; round += 1) {
        const answers = await Promise.all([setRoles(owner, admin, 'admin'), setRoles(admin, owner, 'admin')]);
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
        const [left, ...others] = await activeOwners(platform, workspaceId);
        expect([left !== undefined, others]).toEqual([true, []]);
        const [winner, loser] = left === owner.id ? [owner, admin] : [admin, owner];
        expect((await setRoles(winner, loser, 'owner')).status).toBe(200);
      }
    });

    it('demote themselves, suspend and remove each other, by whatever route and condition', async () => {
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
          expect((await activeOwners(platform, workspaceId)).length).toBeGreaterThanOrEqual(1);
        }
      }
    });
  });

  it('12: two owners who know each other’s state remove each other, 20 times', async () => {
    for (let round = 0; round < 20; round += 1) {
      workspaceId = await makeWorkspace(owner);
      const second = await addMember(platform, owner, workspaceId, { role: 'owner' });
      const dismiss = (by: Person, { id }: Person) => as(by).delete(`/users/${id}`, undefined, { 'If-Match': '*' });
      const answers = await Promise.all([dismiss(owner, second), dismiss(second, owner)]);
      expect(answers.map(({ status }) => status)).toContain(204);
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    }
  });
});
