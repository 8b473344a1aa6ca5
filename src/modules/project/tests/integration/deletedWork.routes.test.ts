import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectProblem, naming } from '../../../../../tests/support/expectProblem';
import { makeProject, makeTask, tasksAstray } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';
import type { WorkspaceId } from '../../../../core/domain/Id';
import type { DeleteTasksOnProjectDeleted } from '../../application/DeleteTasksOnProjectDeleted';
import type { PurgeDeletedTasks } from '../../application/PurgeDeletedTasks';
import { projectDeleted } from '../../domain/events';

describe('Deleted work', () => {
  let platform: TestPlatform;
  let workspaceId: string;
  let api: ApiClient;

  eachInNewWorkspace((stage) => {
    ({ platform, workspaceId, api } = stage);
  });

  const read = async (id: string) => (await api.get(`/tasks/${id}`)).body.data;
  const repeatedly = async (times: number, play: (round: number) => Promise<void>): Promise<void> => {
    for (let round = 0; round < times; round += 1) await play(round);
  };
  const astray = () => tasksAstray(platform, workspaceId);

  describe('takes along what becomes a part of it at the same time', () => {
    const SOME = [0, 1, 2, 3];

    it.each([
      ['a project, as parts are made of its tasks', '/projects', 'POST'],
      ['a project, as tasks become parts of its tasks', '/projects', 'PATCH'],
      ['a task, as parts of it are made', '/tasks', 'POST'],
      ['a task, as others become parts of it', '/tasks', 'PATCH'],
    ])('%s', async (_what, path, method) => {
      const ends = new Set<number>();
      await repeatedly(12, async () => {
        const project = await makeProject(api);
        const parent = await makeTask(api, { projectId: project.id });
        const others = await Promise.all(SOME.map(() => makeTask(api)));
        const attach = (other: { id: string }) =>
          method === 'POST'
            ? api.post('/tasks', { title: 'Part', parentId: parent.id })
            : api.send('PATCH', `/tasks/${other.id}`, { parentId: parent.id });
        const remove = api.delete.bind(api, `${path}/${path === '/projects' ? project.id : parent.id}`);
        const [first, second, ...later] = others;
        const answers = await Promise.all([attach(first), attach(second), remove(), ...later.map(attach)]);
        for (const { status } of answers) ends.add(status);
        expect(await astray()).toEqual([]);
      });
      expect([...ends].filter((status) => ![200, 201, 204, 404, 409].includes(status))).toEqual([]);
      expect(ends).toContain(204);
    });

    it('a project, as its reader knows it, as tasks come into it', async () => {
      await repeatedly(12, async () => {
        const { id: projectId } = await makeProject(api);
        const others = await Promise.all(SOME.map(() => makeTask(api)));
        const etag = (await api.get(`/projects/${projectId}`)).headers.get('etag') ?? '';
        const make = () => api.post('/tasks', { title: 'New', projectId });
        const take = ({ id }: { id: string }) => api.send('PATCH', `/tasks/${id}`, { projectId });
        const remove = () => api.delete(`/projects/${projectId}`, undefined, { 'If-Match': etag });
        const [first, second, ...later] = others;
        const calls = [make(), take(first), make(), take(second), remove(), make(), ...later.map(take), make()];
        const statuses = (await Promise.all(calls)).map(({ status }) => status);
        expect(statuses[4]).toBe(204);
        await eventually(async () => expect(await astray()).toEqual([]));
      });
    });

    it('a project, but not once that is back', async () => {
      const { id } = await makeProject(api);
      const made = await makeTask(api, { projectId: id });
      const handler = platform.service<DeleteTasksOnProjectDeleted>('deleteTasksOnProjectDeleted');
      const facts = { projectId: id, restorableUntil: new Date().toISOString() };
      await handler.handle(projectDeleted({ workspaceId: workspaceId as WorkspaceId, at: new Date() }, facts));
      await handler.handle(projectDeleted({ at: new Date() }, facts));
      expect(await read(made.id)).toEqual(made);
    });

    it('a project, beside bulk changes of its tasks', async () => {
      await repeatedly(8, async () => {
        const project = await makeProject(api);
        const parent = await makeTask(api, { projectId: project.id });
        const parts = await Promise.all(SOME.map(() => makeTask(api, { projectId: project.id, parentId: parent.id })));
        const ids = [...parts, parent].map(({ id }) => id);
        const bulk = (priority: string) => api.post('/tasks/bulk', { tasks: ids.map((id) => ({ id, priority })) });
        const answers = await Promise.all([bulk('low'), api.delete(`/projects/${project.id}`), bulk('high')]);
        expect(answers[1].status).toBe(204);
        for (const { status } of answers) expect([200, 204, 404]).toContain(status);
        expect(await astray()).toEqual([]);
      });
    });
  });

  it('of a project takes its tasks along, and brings them back', async () => {
    const { id } = await makeProject(api);
    const task = await makeTask(api, { projectId: id });
    const part = await makeTask(api, { parentId: task.id });
    const gone = await makeTask(api, { projectId: id, title: 'Gone before' });
    const apart = await makeTask(api);
    await api.delete(`/tasks/${gone.id}`);
    await api.delete(`/projects/${id}`);
    const statuses = () =>
      Promise.all([task, part, gone, apart].map(async (each) => (await api.get(`/tasks/${each.id}`)).status));
    expect(await statuses()).toEqual([404, 404, 404, 200]);
    expectProblem(await api.post(`/tasks/${task.id}/restore`), 409, 'CONFLICT');
    expectProblem(await api.post('/tasks', { title: 'a', projectId: id }), 404, 'NOT_FOUND', naming('projectId'));
    await api.post(`/projects/${id}/restore`);
    expect(await statuses()).toEqual([200, 200, 404, 200]);
  });

  it('is forgotten after 30 days', async () => {
    const project = await makeProject(api);
    const [task, young, kept] = [
      await makeTask(api, { projectId: project.id }),
      await makeTask(api),
      await makeTask(api),
    ];
    await makeTask(api, { parentId: task.id });
    await api.delete(`/projects/${project.id}`);
    await api.delete(`/tasks/${young.id}`);
    for (const table of ['tasks', 'projects']) {
      await platform.query(
        `UPDATE ${table} SET deleted_at = deleted_at - interval '30 days' WHERE workspace_id = $1 AND id <> $2`,
        [workspaceId, young.id],
      );
    }
    await platform.service<PurgeDeletedTasks>('purgeDeletedTasks').run();
    const left = await platform.query<{ id: string }>(
      `SELECT id FROM tasks WHERE workspace_id = $1 UNION SELECT id FROM projects WHERE workspace_id = $1 ORDER BY id`,
      [workspaceId],
    );
    expect(left.map(({ id }) => id)).toEqual([young.id, kept.id]);
    const words = await platform.query('SELECT FROM task_words WHERE workspace_id = $1 AND task_id = $2', [
      workspaceId,
      task.id,
    ]);
    expect(words).toEqual([]);
  });

  it('is forgotten alone: what lives on loses what it referred to, and nothing else', async () => {
    const project = await makeProject(api);
    const parent = await makeTask(api);
    const [part, member] = [
      await makeTask(api, { parentId: parent.id, title: 'Part' }),
      await makeTask(api, { projectId: project.id, title: 'Task' }),
    ];
    const longAgo = (table: string, id: string) =>
      platform.query(`UPDATE ${table} SET deleted_at = now() - interval '31 days' WHERE id = $1`, [id]);
    await longAgo('tasks', parent.id);
    await longAgo('projects', project.id);
    await platform.platform.container.get<PurgeDeletedTasks>('purgeDeletedTasks').run();
    expect(await read(part.id)).toMatchObject({ parentId: null, title: 'Part' });
    expect(await read(member.id)).toMatchObject({ projectId: null, title: 'Task' });
  });
});
