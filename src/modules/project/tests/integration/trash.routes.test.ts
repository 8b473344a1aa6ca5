import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { makeApiKey } from '../../../../../tests/support/apiKeys';
import { expectProblem } from '../../../../../tests/support/expectProblem';
import type { Person } from '../../../../../tests/support/people';
import { makeProject, makeTask } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';

describe('What was deleted', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;

  eachInNewWorkspace((stage) => {
    ({ platform, owner, workspaceId, api } = stage);
  });

  const idsIn = async (path: string): Promise<string[]> =>
    (await api.get(path)).body.data.map(({ id }: { id: string }) => id);

  async function deletedTask(input: object = {}): Promise<string> {
    const { id } = await makeTask(api, input);
    await api.delete(`/tasks/${id}`);
    return id;
  }

  it('is listed as it was, the last first, until it is restored', async () => {
    const task = await makeTask(api, { title: 'Gone' });
    expect(await idsIn('/tasks/deleted')).toEqual([]);
    await api.delete(`/tasks/${task.id}`);
    const { data } = (await api.get('/tasks/deleted')).body;
    const change = { updatedAt: expect.any(String), version: 2, deletedAt: expect.any(String) };
    expect(data).toEqual([{ ...task, ...change }]);
    const second = await deletedTask();
    expect(await idsIn('/tasks/deleted')).toEqual([second, task.id]);
    expect(await idsIn('/tasks/deleted?sort=deletedAt&limit=1')).toEqual([task.id]);
    await api.post(`/tasks/${task.id}/restore`);
    expect(await idsIn('/tasks/deleted')).toEqual([second]);
  });

  it('with a project, or with a task that it is a part of, is found by that', async () => {
    const { id: projectId } = await makeProject(api);
    const { id: parentId } = await makeTask(api);
    await makeTask(api, { projectId });
    const alone = await deletedTask({ parentId });
    await makeTask(api, { parentId });
    await api.delete(`/projects/${projectId}`);
    await api.delete(`/tasks/${parentId}`);
    expect(await idsIn('/projects/deleted')).toEqual([projectId]);
    expect(await idsIn('/tasks/deleted')).toEqual([parentId, alone]);
  });

  it('for more than 30 days can not be restored, and is not listed', async () => {
    const id = await deletedTask();
    await platform.query(`UPDATE tasks SET deleted_at = now() - interval '30 days' WHERE id = $1`, [id]);
    expect(await idsIn('/tasks/deleted')).toEqual([]);
  });

  it('is for those to see who may restore it', async () => {
    const { key } = await makeApiKey(owner, workspaceId, { role: 'viewer' });
    const viewer = platform.api.as(key, workspaceId);
    for (const [path, permission] of [
      ['/tasks/deleted', 'tasks.delete'],
      ['/projects/deleted', 'projects.delete'],
    ] as const) {
      expectProblem(await viewer.get(path), 403, 'PERMISSION_DENIED', {
        permission,
        reason: expect.any(String),
        grantableBy: expect.any(Array),
      });
    }
  });
});
