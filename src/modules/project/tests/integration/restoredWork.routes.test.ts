import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { expectProblem, naming } from '../../../../../tests/support/expectProblem';
import { jobsDone } from '../../../../../tests/support/jobsDone';
import { loggedEvents } from '../../../../../tests/support/loggedEvents';
import { addMember, type Person } from '../../../../../tests/support/people';
import { makeProject, makeTask, tasksAstray } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';

describe('Deleted work that is restored', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;

  eachInNewWorkspace((stage) => {
    ({ platform, owner, workspaceId, api } = stage);
  });

  const task = async (id: string) => (await api.get(`/tasks/${id}`)).body.data;
  const statusOf = async (id: string): Promise<number> => (await api.get(`/tasks/${id}`)).status;
  const restored = async (path: string): Promise<void> => expect((await api.post(`${path}/restore`)).status).toBe(200);
  const history = async (id: string): Promise<{ type: string; changes: object[] }[]> =>
    (await api.get(`/tasks/${id}/history`)).body.data;
  const repeatedly = async (times: number, play: (round: number) => Promise<void>): Promise<void> => {
    for (let round = 0; round < times; round += 1) await play(round);
  };
  const astray = () => tasksAstray(platform, workspaceId);

  describe('comes back where it can stand', () => {
    it('without its parent, where that was deleted since', async () => {
      const project = await makeProject(api);
      const parent = await makeTask(api);
      const [part, other] = [
        await makeTask(api, { projectId: project.id, parentId: parent.id }),
        await makeTask(api, { projectId: project.id }),
      ];
      await api.delete(`/projects/${project.id}`);
      await api.delete(`/tasks/${parent.id}`);
      await restored(`/projects/${project.id}`);
      expect(await task(part.id)).toMatchObject({ parentId: null, projectId: project.id, version: 3 });
      expect(await task(other.id)).toMatchObject({ projectId: project.id, version: 3 });
      expect((await history(part.id))[0]).toMatchObject({
        type: 'task.restored',
        changes: [{ field: 'parentId', before: parent.id, after: null }],
      });
      await restored(`/tasks/${parent.id}`);
      expect(await task(part.id)).toMatchObject({ parentId: null });
    });

    it('by itself, too', async () => {
      const parent = await makeTask(api);
      const part = await makeTask(api, { parentId: parent.id });
      await api.delete(`/tasks/${parent.id}`);
      expect((await api.post(`/tasks/${part.id}/restore`)).body.data).toMatchObject({ parentId: null, version: 3 });
      await restored(`/tasks/${parent.id}`);
      expect((await api.get(`/tasks?parentId=${parent.id}`)).body.data).toEqual([]);
    });

    it('under its parent, where that has stayed', async () => {
      const project = await makeProject(api);
      const [outside, inside] = [await makeTask(api), await makeTask(api, { projectId: project.id })];
      const parts = [
        await makeTask(api, { projectId: project.id, parentId: outside.id }),
        await makeTask(api, { projectId: project.id, parentId: inside.id }),
        await makeTask(api, { projectId: (await makeProject(api)).id, parentId: inside.id }),
      ];
      await api.delete(`/projects/${project.id}`);
      await restored(`/projects/${project.id}`);
      for (const { id, parentId, projectId } of parts) expect(await task(id)).toMatchObject({ parentId, projectId });
    });

    it('not before its project', async () => {
      const [project, other] = [await makeProject(api), await makeProject(api)];
      const [parent, top] = [await makeTask(api), await makeTask(api, { projectId: other.id })];
      const [part, its] = [
        await makeTask(api, { projectId: project.id, parentId: parent.id }),
        await makeTask(api, { projectId: project.id, parentId: top.id }),
      ];
      await api.delete(`/tasks/${parent.id}`);
      await api.delete(`/projects/${other.id}`);
      await api.delete(`/projects/${project.id}`);
      await restored(`/tasks/${parent.id}`);
      await restored(`/projects/${other.id}`);
      expect([await statusOf(part.id), await statusOf(its.id)]).toEqual([404, 404]);
      expectProblem(await api.post(`/tasks/${part.id}/restore`), 409, 'CONFLICT');
      await restored(`/projects/${project.id}`);
      for (const { id, parentId } of [part, its]) {
        await restored(`/tasks/${id}`);
        expect(await task(id)).toMatchObject({ projectId: project.id, parentId });
      }
    });

    it.each([
      ['by itself', (part: string, _project: string) => `/tasks/${part}`],
      ['with its project', (_part: string, project: string) => `/projects/${project}`],
    ])('no deeper than one level, %s', async (_how, deleted) => {
      const project = await makeProject(api);
      const [top, parent] = [await makeTask(api), await makeTask(api)];
      const part = await makeTask(api, { projectId: project.id, parentId: parent.id });
      const path = deleted(part.id, project.id);
      await api.delete(path);
      expect((await api.send('PATCH', `/tasks/${parent.id}`, { parentId: top.id })).status).toBe(200);
      await restored(path);
      expect(await task(part.id)).toMatchObject({ parentId: null, projectId: project.id });
      expect(await astray()).toEqual([]);
    });

    it('beside changes of its parent', async () => {
      await repeatedly(10, async (round) => {
        const project = await makeProject(api);
        const [top, parent] = [await makeTask(api), await makeTask(api)];
        await makeTask(api, { projectId: project.id, parentId: parent.id });
        await api.delete(`/projects/${project.id}`);
        const etag = (await api.get(`/tasks/${parent.id}`)).headers.get('etag') ?? '';
        const answers = await Promise.all([
          api.post(`/projects/${project.id}/restore`),
          round % 2 === 0
            ? api.send('PATCH', `/tasks/${parent.id}`, { parentId: top.id }, { 'If-Match': etag })
            : api.delete(`/tasks/${parent.id}`, undefined, { 'If-Match': etag }),
        ]);
        expect(answers[0].status).toBe(200);
        expect([200, 204, 412, 422]).toContain(answers[1].status);
        expect(await astray()).toEqual([]);
      });
    });
  });

  describe('and work that is taken up again are nobody’s who has left', () => {
    let member: Person;
    let mine: { assigneeId: string };

    beforeEach(async () => {
      member = await addMember(platform, owner, workspaceId);
      mine = { assigneeId: member.id };
    });

    const leave = async (): Promise<void> => {
      await owner.api.delete(`/workspaces/${workspaceId}/members/${member.id}`);
      await jobsDone(platform);
    };
    const released = () => ({ field: 'assigneeId', before: member.id, after: null });

    it('when a task is restored with its parts, as its history tells', async () => {
      const parent = await makeTask(api, mine);
      const [part, done] = [
        await makeTask(api, { ...mine, parentId: parent.id }),
        await makeTask(api, { ...mine, parentId: parent.id, status: 'done' }),
      ];
      await api.delete(`/tasks/${parent.id}`);
      await leave();
      await restored(`/tasks/${parent.id}`);
      for (const { id, parentId } of [parent, part]) {
        expect(await task(id)).toMatchObject({ assigneeId: null, parentId, version: 3 });
        expect((await history(id))[0]).toMatchObject({ type: 'task.restored', changes: [released()] });
      }
      expect(await task(done.id)).toMatchObject({ assigneeId: member.id, parentId: parent.id });
      expect((await history(done.id))[0]).toMatchObject({ type: 'task.restored', changes: [] });
    });

    it('when a project is', async () => {
      const project = await makeProject(api, { leadId: member.id });
      const parent = await makeTask(api, { ...mine, projectId: project.id });
      const [part, done, other] = [
        await makeTask(api, { parentId: parent.id }),
        await makeTask(api, { ...mine, projectId: project.id, status: 'done' }),
        await makeTask(api, { assigneeId: owner.id, projectId: project.id }),
      ];
      await api.delete(`/projects/${project.id}`);
      await leave();
      await restored(`/projects/${project.id}`);
      expect((await api.get(`/projects/${project.id}`)).body.data).toMatchObject({ leadId: null, version: 3 });
      expect(await loggedEvents(platform, workspaceId, 'project.restored')).toMatchObject([
        { facts: { project: { leadId: null }, changed: ['leadId'], before: { leadId: member.id } } },
      ]);
      expect(await task(parent.id)).toMatchObject({ assigneeId: null, version: 3 });
      expect((await history(parent.id))[0]).toMatchObject({ type: 'task.restored', changes: [released()] });
      expect(await task(part.id)).toMatchObject({ parentId: parent.id });
      expect(await task(done.id)).toMatchObject({ assigneeId: member.id });
      expect(await task(other.id)).toMatchObject({ assigneeId: owner.id });
      expect(await history(other.id)).toMatchObject([{ type: 'task.created' }]);
    });

    it('when a task is opened again', async () => {
      const tasks = await Promise.all(
        ['done', 'cancelled', 'done', 'done'].map((status) => makeTask(api, { ...mine, status })),
      );
      const [patched, changed, moved, named] = tasks.map(({ id }) => id);
      await leave();
      await api.send('PATCH', `/tasks/${patched}`, { status: 'cancelled' });
      expect(await task(patched)).toMatchObject(mine);
      expect((await api.send('PATCH', `/tasks/${patched}`, { status: 'todo' })).body.data.assigneeId).toBeNull();
      const bulk = await api.post('/tasks/bulk', { tasks: [{ id: changed, status: 'in_progress' }] });
      expect(bulk.body.data[0].task.assigneeId).toBeNull();
      expect((await api.post(`/tasks/${moved}/move`, { status: 'todo' })).body.data.assigneeId).toBeNull();
      for (const id of [patched, changed, moved]) {
        expect((await history(id))[0]?.changes).toContainEqual(released());
      }
      const open = { status: 'todo', ...mine };
      expectProblem(await api.send('PATCH', `/tasks/${named}`, open), 422, 'NOT_A_MEMBER', naming('assigneeId'));
    });

    it('and stays with whoever has not', async () => {
      const done = await Promise.all([1, 2].map(() => makeTask(api, { ...mine, status: 'done' })));
      const [patched, moved] = done.map(({ id }) => id);
      expect((await api.send('PATCH', `/tasks/${patched}`, { status: 'todo' })).body.data).toMatchObject(mine);
      expect((await api.post(`/tasks/${moved}/move`, { status: 'todo' })).body.data).toMatchObject(mine);
    });
  });
});
