import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { newId, type UserId, type WorkspaceId } from '../../../../core/domain/Id';
import type { Notice } from '../../../notification';
import { NotifyPeopleOnTaskDueSoon } from '../../application/NotifyPeopleOnTaskDueSoon';
import { taskDueSoon } from '../../domain/events';
import type { TaskId } from '../../domain/TaskId';

describe('Who is told that a task is due soon', () => {
  const [assignee, watcher] = [newId<UserId>(), newId<UserId>()];
  const workspaceId = newId<WorkspaceId>();
  const task = { taskId: newId<TaskId>(), title: 'Draw', dueDate: NOW.toISOString() };

  it.each([
    ['who is to do it', { workspaceId }, assignee, [assignee]],
    ['all who watch it, while nobody is', { workspaceId }, null, [watcher]],
    ['nobody outside of workspaces', {}, assignee, undefined],
  ])('is %s', async (_who, where, assigneeId, to) => {
    const notices: Notice[] = [];
    const notifier = {
      notify: async (_event: object, added: readonly Notice[]) => {
        notices.push(...added);
      },
    };
    const handler = new NotifyPeopleOnTaskDueSoon(notifier, { all: async () => [watcher] });
    await handler.handle(taskDueSoon({ ...where, at: NOW }, { ...task, assigneeId }));
    expect(notices[0]?.to).toEqual(to);
    expect(notices).toHaveLength(to ? 1 : 0);
  });
});
