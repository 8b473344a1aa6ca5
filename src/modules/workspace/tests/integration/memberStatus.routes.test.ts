import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { loggedEvents } from '../../../../../tests/support/loggedEvents';
import { addMember, type Person, signUp } from '../../../../../tests/support/people';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import type { TwoNodes } from '../../../../../tests/support/twoNodes';
import { eachInNewWorkspaceOfTwoNodes } from '../../../../../tests/support/workspaceStage';
import { newId } from '../../../../core/domain/Id';

describe('The members of a workspace', () => {
  let nodes: TwoNodes;
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;

  eachInNewWorkspaceOfTwoNodes((its) => {
    ({ nodes, platform, owner, workspaceId } = its);
  });

  const add = (role = 'member'): Promise<Person> => addMember(platform, owner, workspaceId, { role });
  const as = ({ accessToken }: Person, node = platform) => node.api.as(accessToken, workspaceId);

  const change = (by: Person, id: string, body: object = { status: 'banned' }, headers = {}): Promise<ApiAnswer> =>
    as(by).put(`/users/${id}/status`, body, headers);

  describe('PUT /users/:id/status', () => {
    it('answers the member, and tells the log who did it and why', async () => {
      const member = await add();
      const answer = await change(owner, member.id, { status: 'inactive', reason: 'on leave' });
      expect([answer.status, answer.body.data]).toEqual([200, expect.objectContaining({ status: 'inactive' })]);
      const read = await as(owner).get(`/users/${member.id}`);
      expect(read.body).toEqual(answer.body);
      expect(read.headers.get('etag')).toBe(answer.headers.get('etag'));
      await change(owner, member.id, { status: 'inactive' });
      expect(await loggedEvents(platform, workspaceId, 'workspace.member-status-changed')).toEqual([
        { by: owner.id, facts: { userId: member.id, from: 'active', to: 'inactive', reason: 'on leave' } },
      ]);
    });

    it.each(['inactive', 'banned'])(
      'shuts a member who becomes %s out of both nodes, and no further',
      async (status) => {
        const member = await add();
        const apis = [as(member), as(member, nodes.two)];
        for (const api of apis) expect((await api.get('/users')).status).toBe(200);
        await change(owner, member.id, { status });
        for (const api of apis) {
          await eventually(async () => expectProblem(await api.get('/users'), 404, 'NOT_FOUND'));
          expectProblem(await api.get(`/workspaces/${workspaceId}`), 404, 'NOT_FOUND');
          expect((await api.get('/users/me')).body.data).toMatchObject({ id: member.id, status: 'active' });
        }
        expect((await member.api.get('/workspaces')).body.data).toEqual([]);
        await change(owner, member.id, { status: 'active' });
        for (const api of apis) await eventually(async () => expect((await api.get('/users')).status).toBe(200));
      },
    );

    it('takes the member’s connections out of the room, on both nodes', async () => {
      const member = await add();
      const auth = { token: member.accessToken, workspaceId };
      const sockets = await Promise.all(
        [platform, nodes.two].map(({ address }) => SocketClient.connect(address, auth)),
      );
      const witness = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId });
      await change(owner, member.id);
      await eventually(async () => {
        const heard = sockets.map((socket) => socket.heard.length);
        const { id } = await add('viewer');
        await eventually(() => expect(witness.told('workspace:member:joined').at(-1)?.userId).toBe(id));
        expect(sockets.map((socket) => socket.heard.length)).toEqual(heard);
      });
      for (const socket of sockets) {
        expect(await socket.send('workspace:join', { workspaceId })).toMatchObject({ ok: false });
      }
      for (const socket of [...sockets, witness]) socket.disconnect();
    });

    it('changes nothing but what If-Match knows', async () => {
      const { id } = await add();
      const under = (tag: string, status: string) => change(owner, id, { status }, { 'If-Match': tag });
      const known = (await as(owner).get(`/users/${id}`)).headers.get('etag') ?? '';
      const { status, headers } = await under(known, 'inactive');
      expect(status).toBe(200);
      for (const stale of [known, '"other"']) expectProblem(await under(stale, 'banned'), 412, 'PRECONDITION_FAILED');
      expect(await loggedEvents(platform, workspaceId, 'workspace.member-status-changed')).toHaveLength(1);
      expect((await under(headers.get('etag') ?? '', 'banned')).status).toBe(200);
      expect((await under('*', 'active')).status).toBe(200);
    });

    it.each<[string, object, string[]]>([
      ['nothing', {}, ['status']],
      ['another status', { status: 'deleted' }, ['status']],
      ['a list', { status: ['banned'] }, ['status']],
      ['a long reason', { status: 'banned', reason: 'x'.repeat(501) }, ['reason']],
      ['no reason', { status: 'banned', reason: '' }, ['reason']],
      ['more', { status: 'banned', role: 'owner' }, ['role']],
    ])('refuses %s', async (_what, body, fields) => {
      expectInvalid(await change(owner, (await add()).id, body), ...fields);
    });

    it('answers the same for a person of another workspace and for nobody', async () => {
      const stranger = await signUp(platform);
      const theirs = await change(owner, stranger.id);
      expectProblem(theirs, 404, 'NOT_FOUND');
      expect(withoutRequest(await change(owner, newId()))).toEqual(withoutRequest(theirs));
      expectInvalid(await change(owner, 'me'), 'id');
      expectProblem(await change(await add('viewer'), owner.id), 403, 'PERMISSION_DENIED', {
        permission: 'users.update',
      });
    });
  });

  describe('DELETE /users/:id', () => {
    const remove = (by: Person, id: string): Promise<ApiAnswer> => as(by).delete(`/users/${id}`);

    it('removes a person from the workspace, as the members’ own route does, and leaves the account', async () => {
      const member = await add();
      const { status, body } = await remove(owner, member.id);
      expect([status, body]).toEqual([204, undefined]);
      expect(await loggedEvents(platform, workspaceId, 'workspace.member-left')).toEqual([
        { by: owner.id, facts: { userId: member.id, reason: 'removed' } },
      ]);
      expect((await member.api.get('/users/me')).status).toBe(200);
      await eventually(async () => expectProblem(await as(member).get('/users'), 404, 'NOT_FOUND'));
      expectProblem(await remove(owner, member.id), 404, 'NOT_FOUND');
    });

    it('asks for the permission, and knows the people of the workspace only', async () => {
      const member = await add();
      expectProblem(await remove(member, owner.id), 403, 'PERMISSION_DENIED', { permission: 'users.delete' });
      expectProblem(await remove(owner, (await signUp(platform)).id), 404, 'NOT_FOUND');
      expectProblem(await remove(owner, owner.id), 409, 'LAST_OWNER');
      expect(await loggedEvents(platform, workspaceId, 'workspace.member-left')).toEqual([]);
    });
  });
});
