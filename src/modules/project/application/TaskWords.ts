import type { WorkspaceId } from '../../../core/domain/Id';

/** By which words tasks are found. */
export interface TaskWords {
  /**
   * Takes tasks for written in the language of the workspace, as it is by now; inside a unit of work of its own, which
   * others who write these tasks wait for. Those that somebody else writes come last.
   * @returns how many it were; none when there are no more
   */
  translate(workspaceId: WorkspaceId, most: number): Promise<number>;
}
