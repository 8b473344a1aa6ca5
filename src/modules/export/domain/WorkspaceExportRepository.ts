import type { WorkspaceId } from '../../../core/domain/Id';
import type { ExportId } from './ExportId';
import type { WorkspaceExport } from './WorkspaceExport';

export interface WorkspaceExportRepository {
  /** @throws NotFoundError */
  get(workspaceId: WorkspaceId, id: ExportId): Promise<WorkspaceExport>;
  /** Those whose archives lie there, oldest first. */
  findReady(workspaceId: WorkspaceId): Promise<readonly WorkspaceExport[]>;
  /** @throws ConflictError when another one of the workspace is under way, or this one was changed since it was read. */
  save(workspaceExport: WorkspaceExport): Promise<void>;
}
