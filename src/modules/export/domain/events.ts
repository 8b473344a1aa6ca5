import { defineEvent } from '../../../core/domain/DomainEvent';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { ExportFailure } from './Archive';
import type { ExportId } from './ExportId';

export const exportRequested = defineEvent<{ exportId: ExportId }>('workspace.export-requested');
export const exportReady = defineEvent<{ exportId: ExportId; bytes: number; sha256: string }>('workspace.export-ready');
export const exportFailed = defineEvent<{ exportId: ExportId; failure: ExportFailure }>('workspace.export-failed');
/** `from` is what the workspace was called where it comes from. */
export const workspaceImported = defineEvent<{ from: WorkspaceId; rows: number }>('workspace.imported');
