import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { AuditEntryView, AuditQueries } from '../../audit';
import type { TaskId } from '../domain/TaskId';
import type { TaskQueries } from './TaskQueries';

/** What has happened to a task, by whom; from where is the audit's business. */
export interface HistoryEntryView extends Pick<AuditEntryView, 'id' | 'at' | 'actor' | 'changes'> {
  readonly type: string;
}

/** Reads out of the audit, which has every change of a task with what was before, and for whoever may see the task. */
export class TaskHistory {
  constructor(
    private readonly auditQueries: AuditQueries,
    private readonly taskQueries: TaskQueries,
  ) {}

  /** @throws NotFoundError */
  async of(workspaceId: WorkspaceId, id: TaskId, request: PageRequest): Promise<Page<HistoryEntryView>> {
    await this.taskQueries.task(workspaceId, id);
    const page = await this.auditQueries.entries(workspaceId, { resource: `task:${id}` }, request);
    return {
      ...page,
      items: page.items.map(({ id: eventId, at, action, actor, changes }) => ({
        id: eventId,
        at,
        type: action,
        actor,
        changes,
      })),
    };
  }
}
