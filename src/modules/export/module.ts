import type { AtriumModule } from '../../core/bootstrap/module';
import { DownloadArchive } from './application/DownloadArchive';
import { ExpireArchives } from './application/ExpireArchives';
import { ImportedContents } from './application/ImportedContents';
import { ImportedPeople } from './application/ImportedPeople';
import { ImportWorkspace } from './application/ImportWorkspace';
import { MailOwnerOnExportReady } from './application/MailOwnerOnExportReady';
import { MakeArchive } from './application/MakeArchive';
import { ReadExport } from './application/ReadExport';
import { RequestExport } from './application/RequestExport';
import { exportFailed, exportReady, exportRequested, workspaceImported } from './domain/events';
import { exportPermissions } from './domain/permissions';
import { exportExports } from './infrastructure/exportExports';
import { createWorkspaceExports } from './infrastructure/migrations/createWorkspaceExports';
import { SqlExportQueries } from './infrastructure/SqlExportQueries';
import { SqlWorkspaceExportRepository } from './infrastructure/SqlWorkspaceExportRepository';
import { SqlWorkspaceTables } from './infrastructure/SqlWorkspaceTables';
import { WorkspaceRows } from './infrastructure/WorkspaceRows';
import { ZipArchiveFiles } from './infrastructure/ZipArchiveFiles';
import { ZipWorkspaceArchives } from './infrastructure/ZipWorkspaceArchives';
import { ExportController } from './presentation/ExportController';

export const exportModule: AtriumModule = {
  name: 'export',
  services: {
    workspaceExports: SqlWorkspaceExportRepository,
    exportQueries: SqlExportQueries,
    workspaceRows: WorkspaceRows,
    workspaceArchives: ZipWorkspaceArchives,
    requestExport: RequestExport,
    readExport: ReadExport,
    downloadArchive: DownloadArchive,
    archiveFiles: ZipArchiveFiles,
    workspaceTables: SqlWorkspaceTables,
    importedPeople: ImportedPeople,
    importedContents: ImportedContents,
    importWorkspace: ImportWorkspace,
  },
  controllers: [ExportController],
  events: [exportRequested, exportReady, exportFailed, workspaceImported],
  handlers: [MailOwnerOnExportReady],
  jobs: [MakeArchive, ExpireArchives],
  permissions: exportPermissions,
  models: [],
  migrations: [createWorkspaceExports],
  exports: exportExports,
};
