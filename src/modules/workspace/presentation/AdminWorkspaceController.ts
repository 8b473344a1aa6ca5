import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import { ok, page, platformAdmin, route, type Controller } from '../../../core/presentation/Route';
import { byWorkspaceId } from '../../../core/presentation/schema';
import type { ChangeWorkspaceStatus } from '../application/ChangeWorkspaceStatus';
import type { WorkspaceQueries } from '../application/WorkspaceQueries';
import { adminWorkspaceListQuery, adminWorkspaceView, workspaceStatusInput } from './schemas';

/** What platform admins do about workspaces: nothing about what is in them. */
export class AdminWorkspaceController implements Controller {
  constructor(
    private readonly changeWorkspaceStatus: ChangeWorkspaceStatus,
    private readonly workspaceQueries: WorkspaceQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/admin/workspaces',
      summary: 'List the workspaces of the platform',
      access: platformAdmin(),
      query: adminWorkspaceListQuery,
      answers: { 200: Joi.array().items(adminWorkspaceView) },
      handle: async ({ query }) =>
        page(
          await this.paginator.paginate('workspaces', query, (request) =>
            this.workspaceQueries.allWorkspaces(query, request),
          ),
        ),
    }),
    route({
      method: 'put',
      path: '/admin/workspaces/:id/status',
      summary: 'Suspend a workspace, which shuts everybody out, or resume it',
      access: platformAdmin(),
      params: byWorkspaceId,
      body: workspaceStatusInput,
      answers: { 200: adminWorkspaceView },
      handle: async ({ actor, params, body }) => {
        await this.changeWorkspaceStatus.execute(actor, { workspaceId: params.id, ...body });
        return ok(await this.workspaceQueries.adminWorkspace(params.id));
      },
    }),
  ];
}
