import { aWorkspaceActor } from '../../../../../tests/fixtures/anActor';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { newId } from '../../../../core/domain/Id';
import type { LabelId } from '../../domain/LabelId';
import { Task } from '../../domain/Task';
import { TaskTitle } from '../../domain/TaskTitle';

const LATER = new Date(NOW.getTime() + 60_000);
const DAYS_30 = 30 * 24 * 60 * 60 * 1000;
const actor = aWorkspaceActor();

function aTask(changes: Parameters<Task['update']>[0] = {}): Task {
  const task = Task.create(actor, { id: newId(), title: TaskTitle('Draw'), ...changes }, NOW);
  task.releaseEvents();
  return task;
}

describe('A task', () => {
  it('announces that it is made, as clients read it', () => {
    const task = Task.create(actor, { id: newId(), title: TaskTitle('Draw'), dueDate: LATER }, NOW);
    const [event] = task.releaseEvents();
    expect(event).toMatchObject({
      type: 'task.created',
      workspaceId: actor.workspaceId,
      actorId: actor.userId,
      facts: { task: { title: 'Draw', dueDate: LATER.toISOString(), createdAt: NOW.toISOString(), version: 1 } },
    });
    expect(event?.facts).not.toHaveProperty('task.workspaceId');
    expect(event?.facts).not.toHaveProperty('task.deletedAt');
  });

  it('announces what has changed, and what that was', () => {
    const task = aTask();
    const { rank } = task.state;
    expect(task.update({ title: TaskTitle('Redraw'), status: 'done', priority: 'medium' }, actor.userId, LATER)).toBe(
      true,
    );
    expect(task.releaseEvents()).toMatchObject([
      {
        type: 'task.updated',
        facts: {
          task: { title: 'Redraw', status: 'done', completedAt: LATER.toISOString(), updatedAt: LATER.toISOString() },
          changed: ['title', 'status', 'rank', 'completedAt'],
          before: { title: 'Draw', status: 'todo', rank, completedAt: null },
        },
      },
    ]);
  });

  it('is not changed by what it is already', () => {
    const [one, two] = [newId<LabelId>(), newId<LabelId>()];
    const task = aTask({ labelIds: [two, one], dueDate: LATER });
    const changes = { labelIds: [one, two, one], dueDate: new Date(LATER), status: 'todo' } as const;
    expect(task.update(changes, actor.userId, LATER)).toBe(false);
    expect(task.releaseEvents()).toEqual([]);
    expect(task.state.updatedAt).toEqual(NOW);
  });

  it('is no part of itself', () => {
    const task = aTask();
    expect(() => task.update({ parentId: task.state.id }, actor.userId, LATER)).toThrow('no part of itself');
  });

  it('comes back within 30 days, and not after', () => {
    const task = aTask();
    task.undelete(actor.userId, LATER);
    expect(task.releaseEvents()).toEqual([]);
    task.delete(actor.userId, NOW);
    expect(task.releaseEvents()).toMatchObject([
      {
        type: 'task.deleted',
        facts: { taskId: task.state.id, restorableUntil: new Date(NOW.getTime() + DAYS_30).toISOString() },
      },
    ]);
    expect(() => task.undelete(actor.userId, new Date(NOW.getTime() + DAYS_30))).toThrow('no such resource');
    task.undelete(actor.userId, new Date(NOW.getTime() + DAYS_30 - 1));
    expect(task.state.deletedAt).toBeNull();
  });
});
