import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { ExportId } from '../domain/ExportId';
import type { WorkspaceExportState } from '../domain/WorkspaceExport';

export interface ExportView {
  readonly id: ExportId;
  readonly status: WorkspaceExportState['status'];
  readonly requestedBy: UserId;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly bytes: number | null;
  readonly rows: number | null;
  readonly sha256: string | null;
  readonly failure: string | null;
  /** Below the server's address; null while there is nothing to download. */
  readonly downloadUrl: string | null;
}

/** What the mail says. */
export interface ExportMailView {
  readonly email: string;
  readonly workspaceName: string;
}

export interface ExportQueries {
  /** @throws NotFoundError */
  export(workspaceId: WorkspaceId, id: ExportId, now: Date): Promise<ExportView>;
  /** Null when whoever asked for it has left. */
  mail(workspaceId: WorkspaceId, id: ExportId): Promise<ExportMailView | null>;
  /** Exports of all workspaces whose time is up, though they do not say so yet. */
  due(now: Date): Promise<readonly { readonly workspaceId: WorkspaceId; readonly id: ExportId }[]>;
}
