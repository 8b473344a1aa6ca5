import type { ApiAnswer, ApiClient } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem, naming } from '../../../../../tests/support/expectProblem';
import { jobsDone } from '../../../../../tests/support/jobsDone';
import { addMember, type Person } from '../../../../../tests/support/people';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { makeLabel, makeProject, makeTask } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';
import type { UserId, WorkspaceId } from '../../../../core/domain/Id';
import { memberLeft } from '../../../workspace';
import type { PurgeDeletedTasks } from '../../application/PurgeDeletedTasks';
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

  const eventTypes = async (): Promise<string[]> => {
    const events = await platform.query<{ type: string }>(
      `SELECT type FROM events WHERE workspace_id = $1 AND type ~ '^(project|task|label)' ORDER BY position`,
      [workspaceId],
    );
    return events.map(({ type }) => type);
  };
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

  it('go with their tasks, and come back with them', async () => {
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

  it('and tasks are forgotten 30 days after they were deleted', async () => {
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
    await platform.platform.container.get<PurgeDeletedTasks>('purgeDeletedTasks').run();
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

  it('and their labels are told of on sockets, and to whoever pulls, as they are read', async () => {
    const socket = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId });
    try {
      const label = await makeLabel(api);
      const changed = (await api.put(`/labels/${label.id}`, { name: 'Later' })).body.data;
      await api.delete(`/labels/${label.id}`);
      await eventually(() => expect(socket.told('label:deleted')).toHaveLength(1));
      expect(socket.heard).toMatchObject([
        { name: 'label:created', facts: { type: 'label.created', label, workspaceId, actorId: owner.id } },
        { name: 'label:updated', facts: { label: changed, changed: ['name'], before: { name: 'Urgent' } } },
        { name: 'label:deleted', facts: { labelId: label.id, name: 'Later' } },
      ]);
      const pulled = (await api.get('/events?limit=100')).body.data.map(({ type }: { type: string }) => type);
      expect(pulled.slice(-3)).toEqual(['label.created', 'label.updated', 'label.deleted']);
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

  describe('share labels', () => {
    it('which are made, changed, and taken from all tasks when they are deleted', async () => {
      const made = await api.post('/labels', { name: 'Urgent', color: '#FF0000' });
      const { id } = made.body.data;
      expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/labels/${id}`]);
      expect(made.body.data).toMatchObject({ name: 'Urgent', color: '#ff0000' });
      const task = await makeTask(api, { labelIds: [id] });
      const changed = await api.send('PATCH', `/labels/${id}`, { color: '#0000ff' });
      expect(changed.body.data).toMatchObject({ name: 'Urgent', color: '#0000ff' });
      expect((await api.put(`/labels/${id}`, { color: '#0000FF' })).body.data).toEqual(changed.body.data);
      expect((await api.get(`/labels/${id}`)).body.data).toEqual(changed.body.data);
      expect((await api.delete(`/labels/${id}`)).status).toBe(204);
      expectProblem(await api.get(`/labels/${id}`), 404, 'NOT_FOUND');
      expect((await api.get(`/tasks/${task.id}`)).body.data.labelIds).toEqual([]);
      expect(await eventTypes()).toEqual(['label.created', 'task.created', 'label.updated', 'label.deleted']);
    });

    it('of different names', async () => {
      const [label] = [await makeLabel(api, { name: 'Urgent' }), await makeLabel(api, { name: 'Later' })];
      expectProblem(await api.post('/labels', { name: 'uRGENT', color: '#ffffff' }), 409, 'LABEL_NAME_TAKEN');
      expectProblem(await api.put(`/labels/${label.id}`, { name: 'later' }), 409, 'LABEL_NAME_TAKEN');
      expect((await api.put(`/labels/${label.id}`, { name: 'URGENT' })).status).toBe(200);
      expect(namesOf(await api.get('/labels'))).toEqual(['Later', 'URGENT']);
    });

    it.each([
      [{ name: 'a' }, 'color'],
      [{ name: 'a', color: 'red' }, 'color'],
      [{ name: 'x'.repeat(51), color: '#ffffff' }, 'name'],
    ])('but not %j', async (body, field) => {
      expectInvalid(await api.post('/labels', body), field);
    });

    it('which tasks gain and lose', async () => {
      const [one, two] = [await makeLabel(api, { name: 'One' }), await makeLabel(api, { name: 'Two' })];
      const { id } = await makeTask(api, { labelIds: [one.id] });
      const set = async (...labelIds: string[]) => (await api.put(`/tasks/${id}`, { labelIds })).body.data;
      expect(await set(two.id, one.id)).toMatchObject({ labelIds: [one.id, two.id], version: 2 });
      expect(await set(one.id, two.id)).toMatchObject({ labelIds: [one.id, two.id], version: 2 });
      expect(await set(two.id)).toMatchObject({ labelIds: [two.id], version: 3 });
      expect(await set()).toMatchObject({ labelIds: [], version: 4 });
    });
  });
});
