import { activeOwners } from '../../../../../tests/support/activeOwners';
import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { loggedEvents } from '../../../../../tests/support/loggedEvents';
import { addMember, type Person, signUp } from '../../../../../tests/support/people';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import type { TwoNodes } from '../../../../../tests/support/twoNodes';
import { eachInNewWorkspaceOfTwoNodes } from '../../../../../tests/support/workspaceStage';
import { newId } from '../../../../core/domain/Id';

describe('DELETE /workspaces/:id/members/:userId', () => {
  let nodes: TwoNodes;
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;

  eachInNewWorkspaceOfTwoNodes((its) => {
    ({ nodes, platform, owner, workspaceId } = its);
  });

  const add = (role = 'member'): Promise<Person> => addMember(platform, owner, workspaceId, { role });

  const remove = (by: Person, { id }: { id: string }, workspace = workspaceId): Promise<ApiAnswer> =>
    by.api.delete(`/workspaces/${workspace}/members/${id}`);

  const leavings = () => loggedEvents(platform, workspaceId, 'workspace.member-left');

  it('removes a member, says who did it, and leaves the account', async () => {
    const member = await add();
    const { status, body, headers } = await remove(owner, member);
    expect([status, body, headers.get('cache-control')]).toEqual([204, undefined, 'no-store']);
    expect(await leavings()).toEqual([{ by: owner.id, facts: { userId: member.id, reason: 'removed' } }]);
    expect((await member.api.get('/users/me')).status).toBe(200);
    expect((await member.api.get('/workspaces')).body.data).toEqual([]);
    expectProblem(await remove(owner, member), 404, 'NOT_FOUND');
    expect(await leavings()).toHaveLength(1);
  });

  it('lets anybody leave without a permission, and come back by invitation', async () => {
    const viewer = await add('viewer');
    expect((await remove(viewer, viewer)).status).toBe(204);
    expect(await leavings()).toEqual([{ by: viewer.id, facts: { userId: viewer.id, reason: 'left' } }]);
    await owner.api.post(`/workspaces/${workspaceId}/members/invite`, { email: viewer.email, role: 'admin' });
    const token = await eventually(async () => {
      const [newest, older] = await platform.mailsTo(viewer.email);
      expect(older?.subject).toContain('invites');
      return new URL(newest?.links[0] ?? '').searchParams.get('token');
    });
    expect((await viewer.api.post(`/workspaces/${workspaceId}/members/accept`, { token })).status).toBe(200);
    const again = await owner.api.get(`/users/${viewer.id}`, { 'X-Workspace-Id': workspaceId });
    expect(again.body.data.roles).toMatchObject([{ key: 'admin' }]);
  });

  it('shuts the removed person out of both nodes', async () => {
    const member = await add();
    const there = nodes.two.api.as(member.accessToken, workspaceId);
    const here = platform.api.as(member.accessToken, workspaceId);
    // Looked up, and kept for a moment, on either node.
    for (const api of [here, there]) expect((await api.get('/users')).status).toBe(200);
    await remove(owner, member);
    for (const api of [here, there]) {
      await eventually(async () => expectProblem(await api.get('/users'), 404, 'NOT_FOUND'));
      expectProblem(await api.get(`/workspaces/${workspaceId}`), 404, 'NOT_FOUND');
      expectProblem(await api.post(`/workspaces/${workspaceId}/switch`), 404, 'NOT_FOUND');
    }
  });

  it('is refused without the permission, which it names', async () => {
    const [viewer, member] = [await add('viewer'), await add()];
    for (const by of [viewer, member]) {
      for (const other of [owner, viewer, member].filter(({ id }) => id !== by.id)) {
        expectProblem(await remove(by, other), 403, 'PERMISSION_DENIED', { permission: 'users.delete' });
      }
    }
    expect(await leavings()).toEqual([]);
  });

  it('is refused to an admin for an owner, who is touched by owners only', async () => {
    const [admin, second] = [await add('admin'), await add('owner')];
    for (const each of [owner, second]) expectProblem(await remove(admin, each), 403, 'ROLE_ESCALATION');
    expect((await remove(owner, second)).status).toBe(204);
    expect((await remove(admin, await add())).status).toBe(204);
  });

  it('is refused for the last owner, who can not leave either', async () => {
    const admin = await add('admin');
    expectProblem(await remove(owner, owner), 409, 'LAST_OWNER');
    expectProblem(await remove(admin, owner), 403, 'ROLE_ESCALATION');
    const second = await add('owner');
    expect((await remove(owner, owner)).status).toBe(204);
    expectProblem(await remove(second, second), 409, 'LAST_OWNER');
    expect(await activeOwners(platform, workspaceId)).toEqual([second.id]);
  });

  it('does not count an owner who is banned', async () => {
    const second = await add('owner');
    await platform.query(`UPDATE members SET status = 'banned' WHERE user_id = $1`, [second.id]);
    expectProblem(await remove(owner, owner), 409, 'LAST_OWNER');
  });

  it('always leaves an owner, though two remove each other at the same moment, 20 times', async () => {
    for (let round = 0; round < 20; round += 1) {
      const other = await add('owner');
      const viaTwo = { ...other, api: nodes.two.api.as(other.accessToken) };
      const answers = await Promise.all([remove(owner, other), remove(viaTwo, owner)]);
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
      const left = await activeOwners(platform, workspaceId);
      expect(left).toHaveLength(1);
      if (left[0] === other.id) owner = other;
    }
  });

  it('removes a member once, though it is asked for ten times at once', async () => {
    const member = await add();
    const answers = await Promise.all(Array.from({ length: 10 }, () => remove(owner, member)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 204)) expectProblem(answer, 404, 'NOT_FOUND');
    expect(await leavings()).toHaveLength(1);
  });

  it('answers the same for strangers, whatever they name', async () => {
    const stranger = await signUp(platform);
    const foreign = await remove(stranger, owner);
    expectProblem(foreign, 404, 'NOT_FOUND');
    for (const [id, workspace] of [
      [stranger.id, workspaceId],
      [newId<string>(), workspaceId],
      [owner.id, newId<string>()],
    ] as const) {
      expect(withoutRequest(await remove(stranger, { id }, workspace))).toEqual(withoutRequest(foreign));
    }
    expectProblem(await remove(owner, stranger), 404, 'NOT_FOUND');
    expectInvalid(await remove(owner, { id: 'x' }), 'userId');
    expectInvalid(await remove(owner, { id: 'x' }, 'y'), 'id', 'userId');
    expectInvalid(await owner.api.delete(`/workspaces/${workspaceId}/members/${owner.id}?force=true`), 'force');
    expectProblem(await platform.api.delete(`/workspaces/${workspaceId}/members/${owner.id}`), 401, 'UNAUTHENTICATED');
  });
});
