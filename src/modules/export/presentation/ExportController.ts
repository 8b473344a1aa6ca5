import { created, download, ok, permission, route, type Controller } from '../../../core/presentation/Route';
import { byWorkspaceId, fileOf } from '../../../core/presentation/schema';
import type { DownloadArchive } from '../application/DownloadArchive';
import type { ReadExport } from '../application/ReadExport';
import type { RequestExport } from '../application/RequestExport';
import { EXPORT_WORKSPACE } from '../domain/permissions';
import { byExport, exportView } from './schemas';

const ZIP = 'application/zip';

export class ExportController implements Controller {
  constructor(
    private readonly requestExport: RequestExport,
    private readonly readExport: ReadExport,
    private readonly downloadArchive: DownloadArchive,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/workspaces/:id/exports',
      summary: 'Have an archive of everything in the workspace made; for owners',
      access: permission(EXPORT_WORKSPACE),
      params: byWorkspaceId,
      answers: { 201: exportView },
      handle: async ({ actor, params }) => {
        const id = await this.requestExport.execute(actor);
        return created(await this.readExport.execute(actor, id), `/workspaces/${params.id}/exports/${id}`);
      },
    }),
    route({
      method: 'get',
      path: '/workspaces/:id/exports/:exportId',
      summary: 'Read how far an archive is, and where to download it; for owners',
      access: permission(EXPORT_WORKSPACE),
      params: byExport,
      answers: { 200: exportView },
      handle: async ({ actor, params }) => ok(await this.readExport.execute(actor, params.exportId)),
    }),
    route({
      method: 'get',
      path: '/workspaces/:id/exports/:exportId/archive',
      summary: 'Download an archive while it is kept; for owners',
      access: permission(EXPORT_WORKSPACE),
      params: byExport,
      answers: { 200: fileOf(ZIP) },
      handle: async ({ actor, params }) => {
        const archive = await this.downloadArchive.execute(actor, params.exportId);
        return download(archive, ZIP, `workspace-export-${params.exportId}.zip`);
      },
    }),
  ];
}
