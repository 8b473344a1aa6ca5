import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import {
  created,
  done,
  member,
  noContent,
  ok,
  page,
  permission,
  route,
  signedIn,
  type Controller,
} from '../../../core/presentation/Route';
import { byWorkspaceId } from '../../../core/presentation/schema';
import type { CreateWorkspace } from '../application/CreateWorkspace';
import type { DeleteWorkspace } from '../application/DeleteWorkspace';
import type { RestoreWorkspace } from '../application/RestoreWorkspace';
import type { UpdateWorkspace } from '../application/UpdateWorkspace';
import type { WorkspaceQueries } from '../application/WorkspaceQueries';
import { myWorkspaceView, workspaceChangeInput, workspaceInput, workspaceListQuery, workspaceView } from './schemas';

export class WorkspaceController implements Controller {
  constructor(
    private readonly createWorkspace: CreateWorkspace,
    private readonly updateWorkspace: UpdateWorkspace,
    private readonly deleteWorkspace: DeleteWorkspace,
    private readonly restoreWorkspace: RestoreWorkspace,
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
            this.workspaceQueries.workspacesOf(userId, request, query),
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
    route({
      method: 'put',
      path: '/workspaces/:id',
      summary: 'Change name, slug, description or settings of a workspace',
      access: permission('workspaces.update'),
      params: byWorkspaceId,
      requiresIfMatch: true,
      body: workspaceChangeInput,
      answers: { 200: workspaceView },
      handle: async ({ actor, params, body }) => {
        await this.updateWorkspace.execute(actor, body);
        return ok(await this.workspaceQueries.workspace(params.id));
      },
    }),
    route({
      method: 'delete',
      path: '/workspaces/:id',
      summary: 'Delete a workspace, which its owners can restore for 30 days',
      access: permission('workspaces.delete'),
      params: byWorkspaceId,
      answers: { 204: null },
      handle: async ({ actor }) => {
        await this.deleteWorkspace.execute(actor);
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/workspaces/:id/restore',
      summary: 'Restore a workspace that was deleted in the last 30 days, as an owner of it',
      access: signedIn(),
      params: byWorkspaceId,
      answers: { 200: workspaceView },
      handle: async ({ actor, params }) => {
        await this.restoreWorkspace.execute(actor, { workspaceId: params.id });
        return done(await this.workspaceQueries.workspace(params.id));
      },
    }),
  ];
}
