import type { WorkspaceId } from '../../../core/domain/Id';

/** By which words tasks are found. */
export interface TaskWords {
  /**
   * Takes tasks for written in the language of the workspace, as it is by now; inside a unit of work.
   * @returns how many it were, `most` while there may be more
   */
  translate(workspaceId: WorkspaceId, most: number): Promise<number>;
}
