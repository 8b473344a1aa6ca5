import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { makeApiKey } from '../../../../../tests/support/apiKeys';
import { expectInvalid, expectProblem, naming } from '../../../../../tests/support/expectProblem';
import { jobsDone } from '../../../../../tests/support/jobsDone';
import { leavesNoTrace } from '../../../../../tests/support/leavesNoTrace';
import { addMember, makeWorkspace, type Person } from '../../../../../tests/support/people';
import { makeTask } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';

const UNKNOWN = '01900000-0000-7000-8000-000000000000';

describe('A board of tasks', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;

  eachInNewWorkspace((stage) => {
    ({ platform, owner, workspaceId, api } = stage);
  });

  const some = async (...titles: string[]): Promise<Record<string, string>> => {
    const made: [string, string][] = [];
    for (const title of titles) made.push([title, (await makeTask(api, { title })).id]);
    return Object.fromEntries(made);
  };
  const column = async (status = 'todo'): Promise<string> => {
    const { data } = (await api.get(`/tasks?status=${status}&sort=rank&limit=100`)).body;
    return data.map(({ title }: { title: string }) => title).join(' ');
  };

  describe('is put in order', () => {
    const move = (id: string | undefined, place: object) => api.post(`/tasks/${id}/move`, place);

    it('by moving one task, which changes no other', async () => {
      const { A, B, C, D } = await some('A', 'B', 'C', 'D');
      expect(await column()).toBe('A B C D');
      const others = async () => (await api.get('/tasks')).body.data.filter((task: { id: string }) => task.id !== D);
      const before = await others();
      expect((await move(D, { afterId: A })).body.data).toMatchObject({ title: 'D', version: 2 });
      expect(await column()).toBe('A D B C');
      expect(await others()).toEqual(before);
      await move(C, { beforeId: A });
      expect(await column()).toBe('C A D B');
      await move(C, { afterId: D, beforeId: B });
      expect(await column()).toBe('A D C B');
      await move(A, {});
      expect(await column()).toBe('D C B A');
      await move(B, { status: 'in_progress' });
      await move(A, { status: 'in_progress', beforeId: B });
      expect([await column(), await column('in_progress')]).toEqual(['D C', 'A B']);
      expect((await move(A, { status: 'done' })).body.data.completedAt).toEqual(expect.any(String));
      await api.put(`/tasks/${C}`, { status: 'in_progress' });
      expect(await column('in_progress')).toBe('B C');
      await makeTask(api, { title: 'E' });
      expect(await column()).toBe('D E');
    });

    it('a hundred times at the same place', async () => {
      const { A, B, C } = await some('A', 'B', 'C');
      for (let round = 0; round < 50; round += 1) {
        await move(round % 2 === 0 ? B : C, { afterId: A });
        await move(round % 2 === 0 ? C : B, { beforeId: A });
        expect(await column()).toBe(round % 2 === 0 ? 'C A B' : 'B A C');
      }
      for (const { rank } of (await api.get('/tasks')).body.data) expect(rank.length).toBeLessThan(80);
    });

    it('by several people at a time', async () => {
      const names = ['A', 'B', 'C', 'D', 'E', 'F'];
      const { A, ...others } = await some(...names);
      const answers = await Promise.all(Object.values(others).map((id) => move(id, { afterId: A })));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      const ranks = answers.map(({ body }) => body.data.rank);
      expect(new Set(ranks).size).toBe(5);
      expect((await column()).split(' ').sort()).toEqual(names);
    });

    it('only by who knows where its tasks stand', async () => {
      const { A, B, C } = await some('A', 'B', 'C');
      expectProblem(await move(C, { afterId: B, beforeId: A }), 409, 'CONFLICT');
      expectProblem(await move(C, { afterId: A, status: 'done' }), 409, 'CONFLICT');
      expectProblem(await move(C, { afterId: UNKNOWN }), 404, 'NOT_FOUND', naming('afterId'));
      expectProblem(await move(UNKNOWN, { afterId: A }), 404, 'NOT_FOUND');
      expectInvalid(await move(C, { status: 'gone' }), 'status');
      expect(await column()).toBe('A B C');
    });
  });

  describe('is changed many tasks at a time', () => {
    const bulk = (tasks: readonly object[], headers = {}) => api.post('/tasks/bulk', { tasks }, headers);

    it('with a result for each', async () => {
      const { A, B } = await some('A', 'B');
      const items = [
        { id: B, status: 'done' },
        { id: A, title: 'A' },
      ];
      const { status, body } = await bulk(items, { 'Idempotency-Key': 'bulk' });
      expect([status, body.data]).toEqual([
        200,
        [
          { id: B, changed: true, task: expect.objectContaining({ id: B, status: 'done', version: 2 }) },
          { id: A, changed: false, task: expect.objectContaining({ id: A, version: 1 }) },
        ],
      ]);
      expect((await bulk(items, { 'Idempotency-Key': 'bulk' })).body).toEqual(body);
    });

    it('a hundred, each once', async () => {
      const ids = Object.values(await some(...Array.from({ length: 100 }, (_, index) => `T${index}`)));
      const { body } = await bulk(ids.map((id) => ({ id, priority: 'high' })));
      expect(body.data.map(({ id, changed }: { id: string; changed: boolean }) => [id, changed])).toEqual(
        ids.map((id) => [id, true]),
      );
      expectInvalid(await bulk([...ids, UNKNOWN].map((id) => ({ id, priority: 'low' }))), 'tasks');
      expectInvalid(await bulk([{ id: ids[0] }, { id: ids[0] }]), 'tasks.1');
      expectInvalid(await bulk([]), 'tasks');
    });

    it('4: or not at all, for one that is foreign, unknown, deleted, out of date, or refused', async () => {
      const mine = Object.values(await some('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'));
      const foreign = await makeTask(platform.api.as(owner.accessToken, await makeWorkspace(owner)));
      const { id: deleted } = await makeTask(api);
      await api.delete(`/tasks/${deleted}`);
      await jobsDone(platform);
      const changes = mine.map((id) => ({ id, status: 'done', assigneeId: owner.id }));
      const [last] = mine.slice(-1);
      const first = changes.slice(0, -1);
      await leavesNoTrace(platform, async () => {
        for (const id of [foreign.id, UNKNOWN, deleted]) {
          expectProblem(await bulk([...changes, { id, status: 'done' }]), 404, 'NOT_FOUND', naming('tasks.9.id'));
        }
        const refused: [object, number, string, string][] = [
          [{ version: 7, status: 'done' }, 412, 'PRECONDITION_FAILED', 'tasks.8'],
          [{ assigneeId: UNKNOWN }, 422, 'NOT_A_MEMBER', 'tasks.8.assigneeId'],
          [{ parentId: last }, 422, 'INVALID_PARENT', 'tasks.8.parentId'],
          [{ parentId: foreign.id }, 404, 'NOT_FOUND', 'tasks.8.parentId'],
        ];
        for (const [change, status, code, field] of refused) {
          expectProblem(await bulk([...first, { id: last, ...change }]), status, code, naming(field));
        }
        expectInvalid(await bulk([...first, { id: last, title: ' ' }]), 'tasks.8.title');
      });
      expect((await bulk(changes)).status).toBe(200);
    });

    it('and is told of all that stand in the way', async () => {
      const { A, B, C } = await some('A', 'B', 'C');
      const items = [
        { id: A, status: 'done' },
        { id: B, assigneeId: UNKNOWN },
        { id: UNKNOWN, status: 'done' },
        { id: C, labelIds: [UNKNOWN], version: 1 },
      ];
      const fields = ['tasks.1.assigneeId', 'tasks.2.id', 'tasks.3.labelIds'];
      expectProblem(await bulk(items), 422, 'NOT_A_MEMBER', naming(...fields));
      expect((await api.get(`/tasks/${A}`)).body.data).toMatchObject({ status: 'todo', version: 1 });
    });
  });

  it('remembers what has happened to each task, and who did it', async () => {
    const member = await addMember(platform, owner, workspaceId);
    const { id } = await makeTask(api, { title: 'First' });
    const theirs = platform.api.as(member.accessToken, workspaceId);
    await theirs.put(`/tasks/${id}`, { title: 'Second', status: 'done' });
    await api.put(`/tasks/${id}`, { assigneeId: member.id });
    await api.delete(`/tasks/${id}`);
    await api.post(`/tasks/${id}/restore`);
    const { data, meta } = (await theirs.get(`/tasks/${id}/history?limit=2`)).body;
    const rest = (await theirs.get(`/tasks/${id}/history?cursor=${meta.nextCursor}`)).body.data;
    const history = [...data, ...rest];
    expect(history.map(({ type }: { type: string }) => type)).toEqual([
      ...['task.restored', 'task.deleted', 'task.updated', 'task.updated', 'task.created'],
    ]);
    expect(history[2].changes).toEqual([{ field: 'assigneeId', before: null, after: member.id }]);
    expect(history[3].actor).toEqual({ id: member.id, kind: 'person', name: member.name });
    expect(history[3].changes).toEqual([
      { field: 'title', before: 'First', after: 'Second' },
      { field: 'status', before: 'todo', after: 'done' },
      { field: 'rank', before: expect.any(String), after: expect.any(String) },
      { field: 'completedAt', before: null, after: expect.any(String) },
    ]);
    expect(JSON.stringify(history)).not.toMatch(/requestId|userAgent|"ip"/);
    expectProblem(await api.get(`/tasks/${UNKNOWN}/history`), 404, 'NOT_FOUND');
  });

  describe('is watched', () => {
    const watchersOf = async (id: string): Promise<string[]> =>
      (await api.get(`/tasks/${id}/watchers`)).body.data.map(({ userId }: { userId: string }) => userId);

    it('by who makes a task, by who is to do it, and by who wants to', async () => {
      const [member, viewer] = [
        await addMember(platform, owner, workspaceId, { name: 'Babbage' }),
        await addMember(platform, owner, workspaceId, { role: 'viewer', name: 'Clement' }),
      ];
      const { id } = await makeTask(api, { assigneeId: member.id });
      expect(await watchersOf(id)).toEqual([owner.id, member.id]);
      const theirs = platform.api.as(viewer.accessToken, workspaceId);
      for (const status of [204, 204]) expect((await theirs.put(`/tasks/${id}/watchers/me`)).status).toBe(status);
      expect(await watchersOf(id)).toEqual([owner.id, member.id, viewer.id]);
      for (const status of [204, 204]) expect((await theirs.delete(`/tasks/${id}/watchers/me`)).status).toBe(status);
      const other = await makeTask(api);
      await api.put(`/tasks/${other.id}`, { assigneeId: viewer.id });
      expect(await watchersOf(other.id)).toEqual([owner.id, viewer.id]);
      await owner.api.delete(`/workspaces/${workspaceId}/members/${member.id}`);
      expect(await watchersOf(id)).toEqual([owner.id]);
    });

    it('by people, whom one can tell', async () => {
      const machine = platform.api.as((await makeApiKey(owner, workspaceId, { role: 'admin' })).key);
      const { id } = await makeTask(machine);
      expect(await watchersOf(id)).toEqual([]);
      expectProblem(await machine.put(`/tasks/${id}/watchers/me`), 422, 'NOT_A_MEMBER', naming('Authorization'));
      expectProblem(await api.put(`/tasks/${UNKNOWN}/watchers/me`), 404, 'NOT_FOUND');
      expectProblem(await api.delete(`/tasks/${UNKNOWN}/watchers/me`), 404, 'NOT_FOUND');
      expectProblem(await api.get(`/tasks/${UNKNOWN}/watchers`), 404, 'NOT_FOUND');
    });
  });

  it('tells people of what they are given to do, once, and not of what they take', async () => {
    const member = await addMember(platform, owner, workspaceId);
    await jobsDone(platform);
    const { id } = await makeTask(api, { title: 'Draw', assigneeId: member.id });
    await api.put(`/tasks/${id}`, { title: 'Redraw', assigneeId: member.id });
    await api.put(`/tasks/${id}`, { assigneeId: null });
    await api.put(`/tasks/${id}`, { assigneeId: owner.id });
    await platform.api.as(member.accessToken, workspaceId).put(`/tasks/${id}`, { assigneeId: member.id });
    await makeTask(api, { assigneeId: owner.id });
    await jobsDone(platform);
    const told = async ({ api: person }: Person) =>
      (await person.get('/notifications')).body.data
        .filter(({ kind }: { kind: string }) => kind === 'assigned')
        .map(({ title, path }: { title: string; path: string }) => [title, path]);
    expect(await told(member)).toEqual([
      ['Ada Lovelace has assigned you Draw', `/workspaces/${workspaceId}/tasks/${id}`],
    ]);
    expect(await told(owner)).toEqual([]);
    const jobs = await platform.query<{ name: string }>(
      `SELECT count(*)::text AS name FROM notified_events WHERE workspace_id = $1 AND kind = 'assigned'`,
      [workspaceId],
    );
    expect(jobs).toEqual([{ name: '4' }]);
  });
});
