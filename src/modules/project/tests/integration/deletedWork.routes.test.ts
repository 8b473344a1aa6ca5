import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { makeProject, makeTask } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';

describe('Deleted work', () => {
  let platform: TestPlatform;
  let workspaceId: string;
  let api: ApiClient;

  eachInNewWorkspace((stage) => {
    ({ platform, workspaceId, api } = stage);
  });

  /** Tasks of the workspace that are there though what they belong to is not. */
  const astray = () =>
    platform.query(
      `SELECT tasks.id FROM tasks
       LEFT JOIN tasks AS parent ON parent.workspace_id = tasks.workspace_id AND parent.id = tasks.parent_id
       LEFT JOIN projects ON projects.workspace_id = tasks.workspace_id AND projects.id = tasks.project_id
       WHERE tasks.workspace_id = $1 AND tasks.deleted_at IS NULL
         AND (parent.deleted_at IS NOT NULL OR projects.deleted_at IS NOT NULL OR parent.parent_id IS NOT NULL)`,
      [workspaceId],
    );

  describe('takes along what becomes a part of it at the same time', () => {
    const SOME = [0, 1, 2, 3];

    it.each([
      ['a project, as parts are made of its tasks', '/projects', 'POST'],
      ['a project, as tasks become parts of its tasks', '/projects', 'PATCH'],
      ['a task, as parts of it are made', '/tasks', 'POST'],
      ['a task, as others become parts of it', '/tasks', 'PATCH'],
    ])('%s', async (_what, path, method) => {
      const ends = new Set<number>();
      for (let round = 0; round < 12; round += 1) {
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
      }
      expect([...ends].filter((status) => ![200, 201, 204, 404, 409].includes(status))).toEqual([]);
      expect(ends).toContain(204);
    });

    it('a project, beside bulk changes of its tasks', async () => {
      for (let round = 0; round < 8; round += 1) {
        const project = await makeProject(api);
        const parent = await makeTask(api, { projectId: project.id });
        const parts = await Promise.all(SOME.map(() => makeTask(api, { projectId: project.id, parentId: parent.id })));
        const ids = [...parts, parent].map(({ id }) => id);
        const bulk = (priority: string) => api.post('/tasks/bulk', { tasks: ids.map((id) => ({ id, priority })) });
        const answers = await Promise.all([bulk('low'), api.delete(`/projects/${project.id}`), bulk('high')]);
        expect(answers[1].status).toBe(204);
        for (const { status } of answers) expect([200, 204, 404]).toContain(status);
        expect(await astray()).toEqual([]);
      }
    });
  });
});
