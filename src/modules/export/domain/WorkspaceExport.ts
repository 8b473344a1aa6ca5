import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { Archive, ExportFailure } from './Archive';
import { exportFailed, exportReady, exportRequested } from './events';
import type { ExportId } from './ExportId';

export interface WorkspaceExportState {
  readonly id: ExportId;
  readonly workspaceId: WorkspaceId;
  readonly requestedBy: UserId;
  readonly status: 'pending' | 'ready' | 'failed' | 'expired';
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly archive: Archive | null;
  readonly failure: ExportFailure | null;
}

const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** Where the archive of an export lies in the file storage. */
export function archiveKey(workspaceId: WorkspaceId, id: ExportId): string {
  return `workspaces/${workspaceId}/exports/${id}.zip`;
}

/** An archive of everything in a workspace, made once and kept for seven days. */
export class WorkspaceExport extends AggregateRoot<WorkspaceExportState> {
  static request({ workspaceId, userId }: WorkspaceActor, id: ExportId, now: Date): WorkspaceExport {
    const requested = new WorkspaceExport(
      {
        id,
        workspaceId,
        requestedBy: userId,
        status: 'pending',
        createdAt: now,
        expiresAt: new Date(now.getTime() + LIFETIME_MS),
        archive: null,
        failure: null,
      },
      0,
    );
    requested.record(exportRequested({ workspaceId, actorId: userId, at: now }, { exportId: id }));
    return requested;
  }

  static restore(state: WorkspaceExportState, version: number): WorkspaceExport {
    return new WorkspaceExport(state, version);
  }

  get key(): string {
    return archiveKey(this.state.workspaceId, this.state.id);
  }

  get isPending(): boolean {
    return this.state.status === 'pending';
  }

  isDownloadable(now: Date): boolean {
    return this.state.status === 'ready' && now < this.state.expiresAt;
  }

  complete(archive: Archive, now: Date): void {
    const { id, workspaceId, requestedBy } = this.state;
    const { bytes, sha256 } = archive;
    this.change({ status: 'ready', archive });
    this.record(exportReady({ workspaceId, actorId: requestedBy, at: now }, { exportId: id, bytes, sha256 }));
  }

  fail(failure: ExportFailure, now: Date): void {
    const { id, workspaceId, requestedBy } = this.state;
    this.change({ status: 'failed', failure });
    this.record(exportFailed({ workspaceId, actorId: requestedBy, at: now }, { exportId: id, failure }));
  }

  /** A newer archive has taken its place, so its time is up early. */
  giveWay(now: Date): void {
    this.change({ expiresAt: now });
  }

  /** Its time is up, and its archive is gone. */
  expire(): void {
    this.change({ status: 'expired' });
  }
}
