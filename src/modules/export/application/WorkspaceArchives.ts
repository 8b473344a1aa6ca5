import type { WorkspaceId } from '../../../core/domain/Id';
import type { Archive } from '../domain/Archive';

/** Makes archives. */
export interface WorkspaceArchives {
  /** Keeps everything in a workspace, as it is at one moment, under a key of the file storage; all of it or nothing. */
  write(workspaceId: WorkspaceId, key: string, createdAt: Date): Promise<Archive>;
}
