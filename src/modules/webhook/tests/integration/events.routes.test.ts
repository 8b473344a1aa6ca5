import type { ApiAnswer, ApiClient } from '../../../../../tests/support/ApiClient';
import { makeApiKey } from '../../../../../tests/support/apiKeys';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { eventually } from '../../../../../tests/support/eventually';
import { holdEvent } from '../../../../../tests/support/holdEvent';
import { addMember, makeWorkspace, type Person } from '../../../../../tests/support/people';
import { makeRole } from '../../../../../tests/support/roles';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { makeProject, makeTask } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { rename } from '../../../../../tests/support/webhooks';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';

describe('GET /events', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;

  eachInNewWorkspace((its) => {
    ({ platform, owner, workspaceId, api } = its);
  });

  const events = async (query = ''): Promise<ApiAnswer['body']> => (await api.get(`/events${query}`)).body;
  const namesIn = ({ data }: ApiAnswer['body']) =>
    data.map(({ workspace }: { workspace?: { name: string } }) => workspace?.name ?? 'joined');

  /** What is told after a cursor, once it ends with this name: jobs may still have a transaction open. */
  const until = (last: string, query = '') =>
    eventually(async () => {
      const answer = await events(query);
      expect(namesIn(answer).at(-1)).toBe(last);
      return answer;
    });

  it('tells what sockets tell, to any member and to a machine, and nothing besides', async () => {
    const { nextCursor } = (await until('joined')).meta;
    const socket = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId });
    const { key } = await makeApiKey(owner, workspaceId, { role: 'viewer' });
    const member = await addMember(platform, owner, workspaceId, { role: 'viewer' });
    await rename(owner, workspaceId, 'Looms');
    await eventually(() => expect(socket.told('workspace:updated')).toHaveLength(1));
    const told = [...socket.told('workspace:member:joined'), ...socket.told('workspace:updated')];
    socket.disconnect();
    const { data } = await until('Looms', `?after=${nextCursor}`);
    expect(data).toEqual(told);
    for (const token of [key, member.accessToken]) {
      expect((await platform.api.as(token, workspaceId).get(`/events?after=${nextCursor}`)).body.data).toEqual(told);
    }
  });

  it('tells only what the reader may read, who thereby misses no place', async () => {
    const { nextCursor } = (await until('joined')).meta;
    await makeRole(api, { key: 'clerk', permissions: ['events.read', 'projects.read'] });
    const { key } = await makeApiKey(owner, workspaceId, { role: 'clerk' });
    await makeTask(api);
    await makeProject(api);
    await rename(owner, workspaceId, 'last');
    await until('last', `?after=${nextCursor}`);
    const { data } = (await platform.api.as(key, workspaceId).get(`/events?after=${nextCursor}`)).body;
    expect(data.map(({ type }: { type: string }) => type)).toEqual([
      'role.created',
      'project.created',
      'workspace.updated',
    ]);
  });

  it('goes on after a cursor, and keeps its place at the end', async () => {
    for (const name of ['one', 'two', 'three']) await rename(owner, workspaceId, name);
    expect(namesIn(await until('three'))).toEqual(['joined', 'one', 'two', 'three']);
    const first = await events('?limit=3');
    expect(namesIn(first)).toEqual(['joined', 'one', 'two']);
    const second = await events(`?limit=3&after=${first.meta.nextCursor}`);
    expect(namesIn(second)).toEqual(['three']);
    const third = await events(`?after=${second.meta.nextCursor}`);
    expect(third).toEqual({ data: [], meta: { limit: 20, nextCursor: second.meta.nextCursor } });
    const [, one] = first.data;
    expect(namesIn(await events(`?after=${one.cursor}`))).toEqual(['two', 'three']);
  });

  it('never passes a transaction that is still open', async () => {
    await rename(owner, workspaceId, 'before');
    const { meta } = await until('before');
    const commit = await holdEvent(platform.database, workspaceId, 'workspace.updated');
    try {
      await rename(owner, workspaceId, 'after');
      expect(await events(`?after=${meta.nextCursor}`)).toEqual({ data: [], meta });
    } finally {
      await commit();
    }
    expect(namesIn(await until('after', `?after=${meta.nextCursor}`))).toEqual(['held', 'after']);
  });

  it('refuses what is no cursor, and no number', async () => {
    for (const after of ['x', '1', '-1.2', '1.2.3', '9'.repeat(40)]) {
      expectProblem(await api.get(`/events?after=${after}`), 400, 'INVALID_CURSOR');
    }
    for (const limit of ['0', '101', 'NaN', '-1', '1e9']) {
      expectInvalid(await api.get(`/events?limit=${limit}`), 'limit');
    }
  });

  it('opens with the cursor of another workspace nothing but the own', async () => {
    const theirs = await makeWorkspace(owner);
    await rename(owner, theirs, 'theirs');
    const { meta } = await eventually(async () => {
      const { body } = await platform.api.as(owner.accessToken, theirs).get('/events');
      expect(namesIn(body)).toEqual(['joined', 'theirs']);
      return body;
    });
    await rename(owner, workspaceId, 'mine');
    expect(namesIn(await until('mine', `?after=${meta.nextCursor}`))).toEqual(['mine']);
  });

  it('takes the permission events.read', async () => {
    const member = await addMember(platform, owner, workspaceId);
    await platform.query('DELETE FROM member_roles WHERE user_id = $1', [member.id]);
    await eventually(async () => {
      const answer = await platform.api.as(member.accessToken, workspaceId).get('/events');
      expectProblem(answer, 403, 'PERMISSION_DENIED', { permission: 'events.read' });
    });
  });
});
