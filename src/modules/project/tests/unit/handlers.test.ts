import { aWorkspaceActor } from '../../../../../tests/fixtures/anActor';
import { ImmediateUnitOfWork } from '../../../../../tests/fixtures/ImmediateUnitOfWork';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import type { DomainEvent } from '../../../../core/domain/DomainEvent';
import { newId, type UserId, type WorkspaceId } from '../../../../core/domain/Id';
import type { Notice, Notifications } from '../../../notification';
import { workspaceUpdated } from '../../../workspace';
import { NotifyAssigneeOnTaskAssigned } from '../../application/NotifyAssigneeOnTaskAssigned';
import { TranslateTasksOnWorkspaceUpdated } from '../../application/TranslateTasksOnWorkspaceUpdated';
import { Task } from '../../domain/Task';
import type { TaskFacts } from '../../domain/events';
import { assigned, dueSoon } from '../../domain/kinds';
import { TaskTitle } from '../../domain/TaskTitle';

const actor = aWorkspaceActor();
type Event = DomainEvent<{ task: TaskFacts }>;

describe('Handlers of projects', () => {
  it('tell people of what they are given to do, and of nothing else', async () => {
    const notices: Notice[] = [];
    const notifier: Pick<Notifications, 'notify'> = {
      notify: async (_event, added) => {
        notices.push(...added);
      },
    };
    const handler = new NotifyAssigneeOnTaskAssigned(notifier);
    const assigneeId = newId<UserId>();
    const task = Task.create(actor, { id: newId(), title: TaskTitle('Draw') }, NOW);
    task.update({ assigneeId }, actor.userId, NOW);
    task.update({ title: TaskTitle('Redraw') }, actor.userId, NOW);
    task.update({ assigneeId: null }, actor.userId, NOW);
    const events = task.releaseEvents() as readonly Event[];
    expect(events.map((event) => handler.concerns(event))).toEqual([false, true, false, false]);
    for (const event of events) await handler.handle(event);
    expect(notices[0]).toMatchObject({ to: [assigneeId], facts: { taskId: task.state.id, task: 'Draw' } });
  });

  it('tell nobody of a task who may not see any', () => {
    for (const kind of [assigned, dueSoon]) {
      expect(kind).toMatchObject({ permission: 'tasks.read', path: expect.stringContaining('{taskId}') });
    }
  });

  it('translate tasks, a part at a time, when the workspace speaks another language', async () => {
    const left = [100, 17, 1, 0, 100];
    const taskWords = { translate: async () => left.shift() ?? 0 };
    const handler = new TranslateTasksOnWorkspaceUpdated(taskWords, new ImmediateUnitOfWork());
    const event = (changed: readonly string[], before: string | undefined, after: string | undefined) =>
      workspaceUpdated(
        { workspaceId: newId<WorkspaceId>(), at: NOW },
        {
          workspace: {
            id: newId(),
            name: 'Engines',
            slug: 'engines',
            description: null,
            settings: { ...(after && { locale: after }) },
            ownerId: newId(),
            createdAt: NOW.toISOString(),
            updatedAt: NOW.toISOString(),
          },
          changed,
          before: changed.includes('settings') ? { settings: { ...(before && { locale: before }) } } : {},
        },
      );
    expect(handler.concerns(event(['name'], undefined, 'de'))).toBe(false);
    expect(handler.concerns(event(['settings'], 'de', 'de'))).toBe(false);
    expect(handler.concerns(event(['settings'], undefined, 'de'))).toBe(true);
    expect(handler.concerns(event(['settings'], 'de', undefined))).toBe(true);
    await handler.handle(event(['settings'], 'de', 'fr'));
    expect(left).toEqual([100]);
    await handler.handle({ ...event(['settings'], 'de', 'fr'), workspaceId: null });
    expect(left).toEqual([100]);
  });
});
