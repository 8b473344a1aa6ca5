import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { jobsDone } from '../../../../../tests/support/jobsDone';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { makeProject, makeTask } from '../../../../../tests/support/tasks';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import type { RemindOfDueTasks } from '../../application/RemindOfDueTasks';

const HOUR_MS = 3_600_000;
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();

describe('Reminders of tasks that are due soon', () => {
  let platform: TestPlatform;
  let owner: Person;
  let member: Person;
  let workspaceId: string;
  let api: ApiClient;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
    api = platform.api.as(owner.accessToken, workspaceId);
    member = await addMember(platform, owner, workspaceId);
  });

  afterAll(() => platform.stop());

  /** The tasks that a person was reminded of, in order, once the job has run again. */
  async function reminded({ api: person }: Person): Promise<string[]> {
    await platform.platform.container.get<RemindOfDueTasks>('remindOfDueTasks').run();
    await jobsDone(platform);
    const { data } = (await person.get(`/notifications?workspaceId=${workspaceId}&limit=100`)).body;
    const reminders = data.filter(({ kind }: { kind: string }) => kind === 'due-soon');
    return reminders.map(({ title }: { title: string }) => title).reverse();
  }

  const change = (id: string, changes: object) => api.send('PATCH', `/tasks/${id}`, changes);

  it('reach who is to do them, once for each due date', async () => {
    const { id } = await makeTask(api, { title: 'One', assigneeId: member.id, dueDate: inHours(1) });
    expect(await reminded(member)).toEqual(['One is due soon']);
    expect(await reminded(member)).toEqual(['One is due soon']);
    expect(await reminded(owner)).toEqual([]);
    const dueDate = inHours(2);
    await change(id, { dueDate, title: 'Two' });
    expect(await reminded(member)).toEqual(['One is due soon', 'Two is due soon']);
    await change(id, { dueDate: null });
    await change(id, { dueDate, title: 'Three' });
    expect(await reminded(member)).toHaveLength(2);
  });

  it('reach who watches, while nobody is to do them', async () => {
    await makeTask(api, { title: 'Nobody’s', dueDate: inHours(1) });
    expect(await reminded(owner)).toEqual(['Nobody’s is due soon']);
  });

  it('are not about what is done, gone, over or far away', async () => {
    const before = await reminded(owner);
    const gone = await makeTask(api, { dueDate: inHours(1) });
    await api.delete(`/tasks/${gone.id}`);
    await makeTask(api, { dueDate: inHours(1), status: 'done' });
    await makeTask(api, { dueDate: inHours(1), status: 'cancelled' });
    await makeTask(api, { dueDate: inHours(-1) });
    await makeTask(api, { dueDate: inHours(49) });
    await makeTask(api);
    expect(await reminded(owner)).toEqual(before);
  });

  it('rest while a project is archived', async () => {
    const { id } = await makeProject(api);
    const task = await makeTask(api, { projectId: id, title: 'Resting', dueDate: inHours(1) });
    await makeTask(api, { parentId: task.id, title: 'Its part', dueDate: inHours(1) });
    await api.put(`/projects/${id}`, { status: 'archived' });
    const before = await reminded(owner);
    expect(before).not.toContain('Resting is due soon');
    expect(before).not.toContain('Its part is due soon');
    await api.put(`/projects/${id}`, { status: 'active' });
    expect((await reminded(owner)).slice(before.length).sort()).toEqual([
      'Its part is due soon',
      'Resting is due soon',
    ]);
  });

  it('stay in their workspace, and out of those that are deleted', async () => {
    const other = await makeWorkspace(owner, 'Another');
    const there = platform.api.as(owner.accessToken, other);
    await makeTask(there, { title: 'There', dueDate: inHours(1) });
    const before = await reminded(owner);
    expect(before).not.toContain('There is due soon');
    await makeTask(there, { title: 'Later', dueDate: inHours(2) });
    await owner.api.delete(`/workspaces/${other}`);
    await reminded(owner);
    const told = `SELECT tasks.title FROM task_reminders AS r JOIN tasks ON tasks.id = r.task_id WHERE r.workspace_id = $1`;
    expect(await platform.query(told, [other])).toEqual([{ title: 'There' }]);
  });

  it('leave no trace of due dates that are over', async () => {
    const { id } = await makeTask(api, { dueDate: inHours(1) });
    await reminded(owner);
    const traces = () => platform.query('SELECT 1 FROM task_reminders WHERE task_id = $1', [id]);
    expect(await traces()).toHaveLength(1);
    await platform.query(`UPDATE task_reminders SET due_date = now() - interval '1 second' WHERE task_id = $1`, [id]);
    await platform.query(`UPDATE tasks SET due_date = now() - interval '1 second' WHERE id = $1`, [id]);
    await reminded(owner);
    expect(await traces()).toEqual([]);
  });
});
