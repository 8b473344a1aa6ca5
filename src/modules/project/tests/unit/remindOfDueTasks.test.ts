import { FakeClock } from '../../../../../tests/fixtures/FakeClock';
import { ImmediateUnitOfWork } from '../../../../../tests/fixtures/ImmediateUnitOfWork';
import { RecordingEventBus } from '../../../../../tests/fixtures/RecordingEventBus';
import { newId, type WorkspaceId } from '../../../../core/domain/Id';
import type { DueTask, DueTasks } from '../../application/DueTasks';
import { RemindOfDueTasks } from '../../application/RemindOfDueTasks';
import { taskDueSoon } from '../../domain/events';

describe('The job that reminds of due tasks', () => {
  const [broken, busy] = [newId<WorkspaceId>(), newId<WorkspaceId>()];

  /** So many tasks of one workspace, and another one of which nothing can be read. */
  class SomeDueTasks implements DueTasks {
    forgotten: Date | undefined;

    constructor(private left: number) {}

    async workspaces() {
      return [
        { workspaceId: broken, timezone: 'UTC' },
        { workspaceId: busy, timezone: 'Europe/Berlin' },
      ];
    }

    async take(workspaceId: WorkspaceId, _now: Date, until: Date, most: number): Promise<DueTask[]> {
      if (workspaceId === broken) throw new Error('broken');
      const taken = Math.min(this.left, most);
      this.left -= taken;
      return Array.from({ length: taken }, () => ({ taskId: newId(), title: 'a', assigneeId: null, dueDate: until }));
    }

    async forget(before: Date): Promise<void> {
      this.forgotten = before;
    }
  }

  it('tells of all of them, batch by batch, whatever becomes of another workspace', async () => {
    const clock = new FakeClock(new Date('2026-11-20T07:00:00Z'));
    const unitOfWork = new ImmediateUnitOfWork();
    const [dueTasks, eventBus] = [new SomeDueTasks(250), new RecordingEventBus(unitOfWork)];
    const job = new RemindOfDueTasks(dueTasks, eventBus, unitOfWork, clock);
    await expect(job.run()).rejects.toThrow('broken');
    const told = eventBus.of(taskDueSoon);
    expect(told).toHaveLength(250);
    expect(told[249]).toMatchObject({
      workspaceId: busy,
      actorId: null,
      facts: { dueDate: '2026-11-21T23:00:00.000Z' },
    });
    expect(dueTasks.forgotten).toEqual(clock.now());
  });
});
