import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { expectProblem } from '../../../../../tests/support/expectProblem';
import { addMember, makeWorkspace, type Person } from '../../../../../tests/support/people';
import { makeProject, makeTask } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';

const UNKNOWN = '01900000-0000-7000-8000-000000000000';
const DAY_MS = 24 * 3_600_000;
const NOTHING = { total: 0, open: 0, overdue: 0 };
const ONE = { total: 1, open: 1, overdue: 0 };

describe('Statistics', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let api: ApiClient;

  eachInNewWorkspace((stage) => {
    ({ platform, owner, workspaceId, api } = stage);
  });

  const ofWorkspace = async () => (await api.get(`/workspaces/${workspaceId}/stats`)).body.data;
  const ofProject = async (id: string) => (await api.get(`/projects/${id}/stats`)).body.data;
  const completed = async () => (await ofWorkspace()).throughput.map((week: { completed: number }) => week.completed);
  const noWeeks = Array.from({ length: 12 }, () => 0);

  it('count nothing where there is nothing', async () => {
    expect(await ofWorkspace()).toEqual({
      timezone: 'UTC',
      ...NOTHING,
      byStatus: { todo: 0, in_progress: 0, done: 0, cancelled: 0 },
      byPriority: { low: NOTHING, medium: NOTHING, high: NOTHING, urgent: NOTHING },
      byAssignee: [],
      throughput: expect.any(Array),
    });
    expect(await completed()).toEqual(noWeeks);
  });

  it('count the tasks of a workspace, and those of a project, by all that they are', async () => {
    const member = await addMember(platform, owner, workspaceId);
    const { id: projectId } = await makeProject(api);
    const yesterday = new Date(Date.now() - DAY_MS).toISOString();
    await makeTask(api, { projectId, assigneeId: member.id, priority: 'urgent', dueDate: yesterday });
    await makeTask(api, { projectId, assigneeId: member.id, status: 'in_progress' });
    await makeTask(api, { projectId, assigneeId: owner.id, status: 'done', dueDate: yesterday });
    await makeTask(api, { status: 'cancelled', dueDate: yesterday });
    await makeTask(api);
    const gone = await makeTask(api, { projectId, status: 'done' });
    await api.delete(`/tasks/${gone.id}`);

    const members = [
      { assigneeId: member.id, total: 2, open: 2, overdue: 1 },
      { assigneeId: owner.id, total: 1, open: 0, overdue: 0 },
    ];
    const all = await ofWorkspace();
    expect(all).toMatchObject({
      ...{ total: 5, open: 3, overdue: 1 },
      byStatus: { todo: 2, in_progress: 1, done: 1, cancelled: 1 },
      byPriority: { low: NOTHING, medium: { total: 4, open: 2, overdue: 0 }, urgent: { ...ONE, overdue: 1 } },
      byAssignee: [members[0], { assigneeId: null, total: 2, open: 1, overdue: 0 }, members[1]],
    });
    expect(await completed()).toEqual([...noWeeks.slice(1), 1]);
    expect(await ofProject(projectId)).toMatchObject({
      ...{ total: 3, open: 2, overdue: 1 },
      byStatus: { todo: 1, in_progress: 1, done: 1, cancelled: 0 },
      byAssignee: members,
    });
  });

  it('tell how many tasks were done in each of twelve weeks, which begin on Mondays where the workspace is', async () => {
    await owner.api.put(`/workspaces/${workspaceId}`, { settings: { timezone: 'Asia/Tokyo' } });
    const { timezone, throughput } = await ofWorkspace();
    expect(timezone).toBe('Asia/Tokyo');
    const [first] = throughput;
    const begins = Date.parse(`${first.week}T00:00:00+09:00`);
    for (const at of [begins - 1, begins, begins + 7 * DAY_MS - 1, begins + 7 * DAY_MS]) {
      const { id } = await makeTask(api, { status: 'done' });
      await platform.query('UPDATE tasks SET completed_at = $2 WHERE id = $1', [id, new Date(at)]);
    }
    expect(await completed()).toEqual([2, 1, ...noWeeks.slice(2)]);
    expect(throughput[1].week).toBe(new Date(Date.parse(first.week) + 7 * DAY_MS).toISOString().slice(0, 10));
  });

  it('are of no project that is not there, and of no other workspace', async () => {
    const other = await makeWorkspace(owner, 'Another');
    const project = await makeProject(platform.api.as(owner.accessToken, other));
    for (const id of [UNKNOWN, project.id]) expectProblem(await api.get(`/projects/${id}/stats`), 404, 'NOT_FOUND');
  });
});
