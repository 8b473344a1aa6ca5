import type { LoggedEvent } from '../../../core/application/EventBus';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { WorkspaceId } from '../../../core/domain/Id';

/** The public events of a workspace, out of the log. */
export interface WorkspaceEvents {
  /** @throws NotFoundError */
  get(workspaceId: WorkspaceId, id: string): Promise<LoggedEvent>;
  /**
   * What comes after a cursor, or from the beginning, and the actor may hear, in the order of commits: a transaction that is still open, and what
   * began after it, is not passed, so that nothing can turn up later before the last one that was read.
   */
  after(actor: WorkspaceActor, cursor: string | null, limit: number): Promise<LoggedEvent[]>;
  /** What happened at `from` or later and before `to`, in order. */
  between(workspaceId: WorkspaceId, span: { from: Date; to: Date }, limit: number): Promise<LoggedEvent[]>;
}
