import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import { created, member, ok, page, route, signedIn, type Controller } from '../../../core/presentation/Route';
import { byWorkspaceId } from '../../../core/presentation/schema';
import type { CreateWorkspace } from '../application/CreateWorkspace';
import type { WorkspaceQueries } from '../application/WorkspaceQueries';
import { myWorkspaceView, workspaceInput, workspaceListQuery, workspaceView } from './schemas';

export class WorkspaceController implements Controller {
  constructor(
    private readonly createWorkspace: CreateWorkspace,
    private readonly workspaceQueries: WorkspaceQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/workspaces',
      summary: 'Make a workspace and become its owner',
      access: signedIn({ emailVerified: true }),
      body: workspaceInput,
      answers: { 201: workspaceView },
      handle: async ({ actor, body }) => {
        const id = await this.createWorkspace.execute(actor, body);
        return created(await this.workspaceQueries.workspace(id), `/workspaces/${id}`);
      },
    }),
    route({
      method: 'get',
      path: '/workspaces',
      summary: 'List your workspaces, with your roles in each',
      access: signedIn(),
      query: workspaceListQuery,
      answers: { 200: Joi.array().items(myWorkspaceView) },
      handle: async ({ actor: { userId }, query }) =>
        page(
          await this.paginator.paginate(`workspaces of ${userId}`, query, (request) =>
            this.workspaceQueries.workspacesOf(userId, request),
          ),
        ),
    }),
    route({
      method: 'get',
      path: '/workspaces/:id',
      summary: 'Read a workspace',
      access: member(),
      params: byWorkspaceId,
      answers: { 200: workspaceView },
      handle: async ({ params }) => ok(await this.workspaceQueries.workspace(params.id)),
    }),
  ];
}
