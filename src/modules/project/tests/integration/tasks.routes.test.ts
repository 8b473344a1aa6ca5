import type { ApiAnswer, ApiClient } from '../../../../../tests/support/ApiClient';
import { expectInvalid, expectProblem, naming } from '../../../../../tests/support/expectProblem';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { makeLabel, makeProject, makeTask } from '../../../../../tests/support/tasks';
import { TestPlatform } from '../../../../../tests/support/testPlatform';

const UNKNOWN = '01900000-0000-7000-8000-000000000000';

describe('The tasks of a workspace', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
    api = platform.api.as(owner.accessToken, workspaceId);
  });

  afterAll(() => platform.stop());

  const expectNoMember = (answer: ApiAnswer): void => expectProblem(answer, 422, 'NOT_A_MEMBER', naming('assigneeId'));

  const inWorkspace = ({ accessToken }: Person): ApiClient => platform.api.as(accessToken, workspaceId);

  it('are made with a title alone', async () => {
    const answer = await api.post('/tasks', { title: '  Draw the mill ' });
    const { id, rank, createdAt, ...task } = answer.body.data;
    expect([answer.status, answer.headers.get('location')]).toEqual([201, `/api/v1/tasks/${id}`]);
    expect(task).toEqual({
      title: 'Draw the mill',
      description: null,
      status: 'todo',
      priority: 'medium',
      assigneeId: null,
      projectId: null,
      parentId: null,
      labelIds: [],
      dueDate: null,
      createdBy: owner.id,
      completedAt: null,
      updatedAt: createdAt,
      version: 1,
    });
    expect(rank).toMatch(/^[0-9A-Za-z]{12}$/);
    expect((await api.get(`/tasks/${id}`)).body.data).toEqual(answer.body.data);
  });

  it('are made with all that there is to say', async () => {
    const [project, parent] = [await makeProject(api, { key: 'ALL' }), await makeTask(api)];
    const labels = [await makeLabel(api, { name: 'One' }), await makeLabel(api, { name: 'Two' })];
    const member = await addMember(platform, owner, workspaceId);
    const input = {
      title: 'x'.repeat(200),
      description: 'y'.repeat(5000),
      status: 'in_progress',
      priority: 'urgent',
      assigneeId: member.id,
      projectId: project.id,
      parentId: parent.id,
      dueDate: '2026-12-24T18:00:00+01:00',
      labelIds: labels.map(({ id }) => id).reverse(),
    };
    const task = await makeTask(api, input);
    expect(task).toMatchObject({
      ...input,
      dueDate: '2026-12-24T17:00:00.000Z',
      labelIds: labels.map(({ id }) => id),
    });
    expect(await makeTask(api, { dueDate: '2026-12-24' })).toMatchObject({ dueDate: '2026-12-24T00:00:00.000Z' });
  });

  it.each([
    ['no title', {}, 'title'],
    ['a blank title', { title: ' \t ' }, 'title'],
    ['a title of 201 characters', { title: 'x'.repeat(201) }, 'title'],
    ['two lines of title', { title: 'a\nb' }, 'title'],
    ['a description of 5,001 characters', { title: 'a', description: 'x'.repeat(5001) }, 'description'],
    ['an unknown status', { title: 'a', status: 'blocked' }, 'status'],
    ['an unknown priority', { title: 'a', priority: 'critical' }, 'priority'],
    ['a due date that is none', { title: 'a', dueDate: 'tomorrow' }, 'dueDate'],
    ['half a character', { title: 'a', description: 'a\ud83d' }, 'description'],
    ['a due date in no calendar', { title: 'a', dueDate: '2026-02-30' }, 'dueDate'],
    ['a due moment in no calendar', { title: 'a', dueDate: '2026-02-30T10:00:00Z' }, 'dueDate'],
    ['a due date of another kind', { title: 'a', dueDate: 1_800_000_000 }, 'dueDate'],
    ['a version', { title: 'a', version: 7 }, 'version'],
    ['a maker', { title: 'a', createdBy: UNKNOWN }, 'createdBy'],
    ['the same label twice', { title: 'a', labelIds: [UNKNOWN, UNKNOWN] }, 'labelIds.1'],
    ['21 labels', { title: 'a', labelIds: Array.from({ length: 21 }, () => UNKNOWN) }, 'labelIds'],
  ])('are not made with %s', async (_what, body, field) => {
    const answer = await api.post('/tasks', body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toContain(field);
  });

  it('refer to nothing but what is there', async () => {
    for (const [field, value] of Object.entries({ projectId: UNKNOWN, parentId: UNKNOWN, labelIds: [UNKNOWN] })) {
      expectProblem(await api.post('/tasks', { title: 'a', [field]: value }), 404, 'NOT_FOUND', naming(field));
    }
    expectNoMember(await api.post('/tasks', { title: 'a', assigneeId: UNKNOWN }));
  });

  it('are given to active members alone, and stay with one who is no more', async () => {
    const member = await addMember(platform, owner, workspaceId);
    const task = await makeTask(api, { assigneeId: member.id });
    const headers = { 'X-Workspace-Id': workspaceId };
    await owner.api.put(`/users/${member.id}/status`, { status: 'inactive' }, headers);
    expectNoMember(await api.post('/tasks', { title: 'a', assigneeId: member.id }));
    const other = await makeTask(api);
    expectNoMember(await api.send('PATCH', `/tasks/${other.id}`, { assigneeId: member.id }));
    const changed = await api.send('PATCH', `/tasks/${task.id}`, { title: 'Another', assigneeId: member.id });
    expect(changed.body.data).toMatchObject({ title: 'Another', assigneeId: member.id });
  });

  it('are changed by PATCH, and by PUT alike, a version at a time', async () => {
    const { id } = await makeTask(api, { description: 'As it was' });
    const patched = await api.send('PATCH', `/tasks/${id}`, { priority: 'high' });
    expect(patched.body.data).toMatchObject({ priority: 'high', description: 'As it was', version: 2 });
    const put = await api.put(`/tasks/${id}`, { description: null });
    expect(put.body.data).toMatchObject({ priority: 'high', description: null, version: 3 });
    const same = await api.put(`/tasks/${id}`, { description: null, priority: 'high' });
    expect(same.body.data).toEqual(put.body.data);
    expectInvalid(await api.put(`/tasks/${id}`, {}), 'body');
  });

  it('are changed as their reader knows them', async () => {
    const { id } = await makeTask(api);
    const etag = (await api.get(`/tasks/${id}`)).headers.get('etag') ?? '';
    const write = (body: object) => api.send('PATCH', `/tasks/${id}`, body, { 'If-Match': etag });
    const answers = await Promise.all([write({ title: 'One' }), write({ title: 'Two' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expectProblem(await write({ title: 'Three' }), 412, 'PRECONDITION_FAILED');
    expectProblem(await api.delete(`/tasks/${id}`, undefined, { 'If-Match': etag }), 412, 'PRECONDITION_FAILED');
  });

  it('are completed as long as they are done', async () => {
    const done = await makeTask(api, { status: 'done' });
    expect(done.completedAt).toBe(done.createdAt);
    const change = async (body: object) => (await api.send('PATCH', `/tasks/${done.id}`, body)).body.data;
    expect((await change({ status: 'done', title: 'Still' })).completedAt).toBe(done.completedAt);
    expect((await change({ status: 'cancelled' })).completedAt).toBeNull();
    expect(Date.parse((await change({ status: 'done' })).completedAt)).toBeGreaterThan(Date.parse(done.completedAt));
    expect((await change({ status: 'in_progress' })).completedAt).toBeNull();
  });

  it('are made once, however often the request comes', async () => {
    const headers = { 'Idempotency-Key': 'once' };
    const [first, second] = [
      await api.post('/tasks', { title: 'Once' }, headers),
      await api.post('/tasks', { title: 'Once' }, headers),
    ];
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
  });

  describe('have parts', () => {
    const part = (id: string, parentId: string | null) => api.send('PATCH', `/tasks/${id}`, { parentId });

    it('one level deep', async () => {
      const [top, middle, other] = [await makeTask(api), await makeTask(api), await makeTask(api)];
      expect((await part(middle.id, top.id)).body.data.parentId).toBe(top.id);
      for (const answer of [
        await part(other.id, middle.id),
        await part(top.id, other.id),
        await part(top.id, middle.id),
        await part(other.id, other.id),
        await api.post('/tasks', { title: 'a', parentId: middle.id }),
      ]) {
        expectProblem(answer, 422, 'INVALID_PARENT', naming('parentId'));
      }
      expect((await part(middle.id, null)).body.data.parentId).toBeNull();
      expect((await api.get(`/tasks?parentId=${top.id}`)).body.data).toEqual([]);
    });

    it('also when two want each other at a time', async () => {
      for (let round = 0; round < 5; round += 1) {
        const [one, other] = [await makeTask(api), await makeTask(api)];
        const etag = (await api.get(`/tasks/${other.id}`)).headers.get('etag') ?? '';
        const answers = await Promise.all([
          part(one.id, other.id),
          api.send('PATCH', `/tasks/${other.id}`, { parentId: one.id }, { 'If-Match': etag }),
        ]);
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      }
    });

    it('that go and come back with them', async () => {
      const top = await makeTask(api);
      const [gone, part1] = [await makeTask(api, { parentId: top.id }), await makeTask(api, { parentId: top.id })];
      await api.delete(`/tasks/${gone.id}`);
      expect((await api.delete(`/tasks/${top.id}`)).status).toBe(204);
      expectProblem(await api.get(`/tasks/${part1.id}`), 404, 'NOT_FOUND');
      expect((await api.post(`/tasks/${top.id}/restore`)).status).toBe(200);
      expect((await api.get(`/tasks/${part1.id}`)).status).toBe(200);
      expect((await api.get(`/tasks/${gone.id}`)).status).toBe(404);
      expect((await api.post(`/tasks/${gone.id}/restore`)).status).toBe(200);
    });
  });

  it('are gone once they are deleted, for 30 days not for ever', async () => {
    const { id, title } = await makeTask(api, { title: 'Gone' });
    await api.delete(`/tasks/${id}`);
    for (const answer of [
      await api.get(`/tasks/${id}`),
      await api.send('PATCH', `/tasks/${id}`, { title: 'Back' }),
      await api.delete(`/tasks/${id}`),
      await api.get(`/tasks/${id}/history`),
    ]) {
      expectProblem(answer, 404, 'NOT_FOUND');
    }
    expectProblem(await api.post('/tasks', { title: 'a', parentId: id }), 404, 'NOT_FOUND', naming('parentId'));
    expect((await api.get('/tasks?q=gone')).body.data).toEqual([]);
    expect((await api.post(`/tasks/${id}/restore`)).body.data).toMatchObject({ id, title, version: 3 });
    expect((await api.post(`/tasks/${id}/restore`)).body.data).toMatchObject({ id, title, version: 3 });
    await api.delete(`/tasks/${id}`);
    await platform.query(`UPDATE tasks SET deleted_at = now() - interval '30 days' WHERE id = $1`, [id]);
    expectProblem(await api.post(`/tasks/${id}/restore`), 404, 'NOT_FOUND');
  });

  it('are made and changed by members, read by viewers, and deleted by admins', async () => {
    const { id } = await makeTask(api);
    const [admin, member, viewer] = [
      inWorkspace(await addMember(platform, owner, workspaceId, { role: 'admin' })),
      inWorkspace(await addMember(platform, owner, workspaceId)),
      inWorkspace(await addMember(platform, owner, workspaceId, { role: 'viewer' })),
    ];
    expect((await viewer.get(`/tasks/${id}`)).status).toBe(200);
    const title = { title: 'Mine' };
    expectProblem(await viewer.post('/tasks', title), 403, 'PERMISSION_DENIED', { permission: 'tasks.create' });
    expectProblem(await viewer.put(`/tasks/${id}`, title), 403, 'PERMISSION_DENIED', { permission: 'tasks.update' });
    expect((await member.post('/tasks', title)).status).toBe(201);
    expect((await member.put(`/tasks/${id}`, title)).status).toBe(200);
    expectProblem(await member.delete(`/tasks/${id}`), 403, 'PERMISSION_DENIED', { permission: 'tasks.delete' });
    expect((await admin.delete(`/tasks/${id}`)).status).toBe(204);
  });
});
