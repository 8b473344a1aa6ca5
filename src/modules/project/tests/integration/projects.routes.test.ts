import type { ApiAnswer, ApiClient } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem, naming } from '../../../../../tests/support/expectProblem';
import { jobsDone } from '../../../../../tests/support/jobsDone';
import { loggedTypes } from '../../../../../tests/support/loggedEvents';
import { addMember, type Person } from '../../../../../tests/support/people';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { makeProject, makeTask } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';
import type { UserId, WorkspaceId } from '../../../../core/domain/Id';
import { memberLeft } from '../../../workspace';
import type { ReleaseWorkOnMemberLeft } from '../../application/ReleaseWorkOnMemberLeft';

const UNKNOWN = '01900000-0000-7000-8000-000000000000';

describe('The projects of a workspace', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;

  eachInNewWorkspace((stage) => {
    ({ platform, owner, workspaceId, api } = stage);
  });

  const eventTypes = () => loggedTypes(platform, workspaceId, '^(project|task|label)');
  const namesOf = ({ body }: ApiAnswer): string[] => body.data.map(({ name }: { name: string }) => name);

  it('are made, read, changed, archived, deleted and restored', async () => {
    const member = await addMember(platform, owner, workspaceId);
    const made = await api.post('/projects', { name: ' Analytical Engine ' });
    const { id, createdAt, ...project } = made.body.data;
    expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/projects/${id}`]);
    expect(project).toEqual({
      name: 'Analytical Engine',
      key: 'AE',
      description: null,
      status: 'active',
      leadId: null,
      startDate: null,
      endDate: null,
      createdBy: owner.id,
      updatedAt: createdAt,
      version: 1,
    });
    const changes = {
      key: 'ENGINE',
      description: 'Of cogs',
      leadId: member.id,
      startDate: '2026-01-31',
      endDate: '2026-01-31',
    };
    const changed = await api.send('PATCH', `/projects/${id}`, changes);
    expect(changed.body.data).toMatchObject({ ...changes, name: 'Analytical Engine', version: 2 });
    expect((await api.put(`/projects/${id}`, changes)).body.data).toEqual(changed.body.data);
    const archived = await api.put(`/projects/${id}`, { status: 'archived' });
    expect(archived.body.data).toMatchObject({ ...changes, status: 'archived' });
    expect((await api.get(`/projects/${id}`)).body.data).toEqual(archived.body.data);
    expect((await api.delete(`/projects/${id}`)).status).toBe(204);
    expectProblem(await api.get(`/projects/${id}`), 404, 'NOT_FOUND');
    expectProblem(await api.put(`/projects/${id}`, { name: 'B' }), 404, 'NOT_FOUND');
    for (const restored of [await api.post(`/projects/${id}/restore`), await api.post(`/projects/${id}/restore`)]) {
      expect(restored.body.data).toMatchObject({ ...changes, status: 'archived', version: 5 });
    }
    expect(await eventTypes()).toEqual([
      ...['project.created', 'project.updated', 'project.updated', 'project.deleted', 'project.restored'],
    ]);
  });

  it.each([
    ['no name', {}, 'name'],
    ['a blank name', { name: ' ' }, 'name'],
    ['a key in lower case', { name: 'a', key: 'abc' }, 'key'],
    ['a key of one letter', { name: 'a', key: 'A' }, 'key'],
    ['a key of eleven letters', { name: 'a', key: 'ABCDEFGHIJK' }, 'key'],
    ['a day in no calendar', { name: 'a', startDate: '2026-02-30' }, 'startDate'],
    ['a day of the year 0', { name: 'a', startDate: '0000-01-01' }, 'startDate'],
    ['a moment for a day', { name: 'a', startDate: '2026-02-01T10:00:00Z' }, 'startDate'],
    ['an end before the start', { name: 'a', startDate: '2026-02-02', endDate: '2026-02-01' }, 'endDate'],
    ['a status', { name: 'a', status: 'archived' }, 'status'],
  ])('are not made with %s', async (_what, body, field) => {
    expectInvalid(await api.post('/projects', body), field);
  });

  it('have a key of their own, made from the name where none is given', async () => {
    const keys: string[] = [];
    for (const name of ['Difference Engine', 'Difference Engine', 'Élan', '2nd try', '日本', 'X']) {
      keys.push((await makeProject(api, { name })).key);
    }
    expect(keys).toEqual(['DE', expect.stringMatching(/^DE\d+$/), 'ELA', 'P2T', 'P1', 'PX']);
    expectProblem(await api.post('/projects', { name: 'a', key: 'DE' }), 409, 'PROJECT_KEY_TAKEN');
    const other = await makeProject(api, { name: 'Other' });
    expectProblem(await api.put(`/projects/${other.id}`, { key: 'DE' }), 409, 'PROJECT_KEY_TAKEN');
    const first = (await api.get('/projects')).body.data[0];
    await api.delete(`/projects/${first.id}`);
    expect((await api.put(`/projects/${other.id}`, { key: 'DE' })).status).toBe(200);
    expectProblem(await api.post(`/projects/${first.id}/restore`), 409, 'PROJECT_KEY_TAKEN');
  });

  it('are led by active members', async () => {
    expectProblem(await api.post('/projects', { name: 'a', leadId: UNKNOWN }), 422, 'NOT_A_MEMBER', naming('leadId'));
    const { id } = await makeProject(api);
    expectProblem(await api.put(`/projects/${id}`, { leadId: UNKNOWN }), 422, 'NOT_A_MEMBER', naming('leadId'));
  });

  it('are listed by name, status and lead', async () => {
    for (const name of ['B', 'A', 'C']) await makeProject(api, { name });
    const [{ id }] = (await api.get('/projects?sort=name')).body.data;
    await api.put(`/projects/${id}`, { status: 'archived', leadId: owner.id });
    expect(namesOf(await api.get('/projects?sort=-name'))).toEqual(['C', 'B', 'A']);
    expect(namesOf(await api.get('/projects?status=archived'))).toEqual(['A']);
    expect(namesOf(await api.get(`/projects?leadId=${owner.id}`))).toEqual(['A']);
    expect(namesOf(await api.get('/projects?status=active'))).toEqual(['B', 'C']);
  });

  it('take no more tasks once they are archived', async () => {
    const { id } = await makeProject(api);
    const task = await makeTask(api, { projectId: id });
    const part = await makeTask(api, { parentId: task.id });
    await api.put(`/projects/${id}`, { status: 'archived' });
    expectProblem(await api.post('/tasks', { title: 'a', projectId: id }), 409, 'CONFLICT', naming('projectId'));
    expectProblem(await api.post('/tasks', { title: 'a', parentId: task.id }), 409, 'CONFLICT', naming('parentId'));
    const other = await makeTask(api);
    const joining = { parentId: task.id };
    expectProblem(await api.put(`/tasks/${other.id}`, joining), 409, 'CONFLICT', naming('parentId'));
    const bulk = await api.post('/tasks/bulk', { tasks: [{ id: other.id, ...joining }] });
    expectProblem(bulk, 409, 'CONFLICT', naming('tasks.0.parentId'));
    expect((await api.put(`/tasks/${task.id}`, { status: 'done', projectId: id })).status).toBe(200);
    expect((await api.put(`/tasks/${part.id}`, { title: 'b', parentId: task.id })).status).toBe(200);
    await api.put(`/projects/${id}`, { status: 'active' });
    expect((await api.put(`/tasks/${other.id}`, joining)).status).toBe(200);
  });

  it('and their tasks are told of on sockets, as they are read', async () => {
    const socket = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId });
    try {
      const project = await makeProject(api);
      const task = await makeTask(api, { projectId: project.id });
      const changed = (await api.put(`/tasks/${task.id}`, { priority: 'low' })).body.data;
      const renamed = (await api.put(`/projects/${project.id}`, { name: 'Other' })).body.data;
      await api.delete(`/tasks/${task.id}`);
      const restored = (await api.post(`/tasks/${task.id}/restore`)).body.data;
      await api.delete(`/projects/${project.id}`);
      await eventually(() => expect(socket.heard.some(({ name }) => name === 'project:deleted')).toBe(true));
      const restorableUntil = expect.any(String);
      expect(socket.heard).toMatchObject([
        { name: 'project:created', facts: { project, workspaceId, actorId: owner.id } },
        { name: 'task:created', facts: { task } },
        {
          name: 'task:updated',
          facts: { task: changed, changed: ['priority'], before: { priority: 'medium' } },
        },
        {
          name: 'project:updated',
          facts: { project: renamed, changed: ['name'], before: { name: 'Analytical Engine' } },
        },
        { name: 'task:deleted', facts: { taskId: task.id, restorableUntil } },
        { name: 'task:created', facts: { task: restored, type: 'task.restored' } },
        { name: 'project:deleted', facts: { projectId: project.id, restorableUntil } },
      ]);
    } finally {
      socket.disconnect();
    }
  });

  it('and tasks are nobody’s once somebody leaves who was to do them', async () => {
    const member = await addMember(platform, owner, workspaceId);
    const project = await makeProject(api, { leadId: member.id });
    const [open, done] = [
      await makeTask(api, { assigneeId: member.id }),
      await makeTask(api, { assigneeId: member.id, status: 'done' }),
    ];
    await owner.api.delete(`/workspaces/${workspaceId}/members/${member.id}`);
    await jobsDone(platform);
    expect((await api.get(`/tasks/${open.id}`)).body.data).toMatchObject({ assigneeId: null, version: 2 });
    expect((await api.get(`/tasks/${done.id}`)).body.data).toMatchObject({ assigneeId: member.id, version: 1 });
    expect((await api.get(`/projects/${project.id}`)).body.data.leadId).toBeNull();
  });

  it('and tasks stay with who has come back by the time', async () => {
    const { id } = await makeTask(api, { assigneeId: owner.id });
    const handler = platform.platform.container.get<ReleaseWorkOnMemberLeft>('releaseWorkOnMemberLeft');
    const context = { workspaceId: workspaceId as WorkspaceId, at: new Date() };
    await handler.handle(memberLeft(context, { userId: owner.id as UserId, reason: 'left' }));
    await handler.handle(memberLeft({ at: new Date() }, { userId: owner.id as UserId, reason: 'left' }));
    expect((await api.get(`/tasks/${id}`)).body.data).toMatchObject({ assigneeId: owner.id, version: 1 });
  });
});
