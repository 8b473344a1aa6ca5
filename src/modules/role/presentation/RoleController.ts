import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import { created, noContent, ok, page, permission, route, type Controller } from '../../../core/presentation/Route';
import type { CreateRole } from '../application/CreateRole';
import type { DeleteRole } from '../application/DeleteRole';
import type { RoleQueries } from '../application/RoleQueries';
import type { UpdateRole } from '../application/UpdateRole';
import { byRoleId, roleChangeInput, roleInput, roleListQuery, roleView } from './schemas';

export class RoleController implements Controller {
  constructor(
    private readonly createRole: CreateRole,
    private readonly updateRole: UpdateRole,
    private readonly deleteRole: DeleteRole,
    private readonly roleQueries: RoleQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/roles',
      summary: 'List the roles of the workspace and what they hold',
      access: permission('roles.read'),
      query: roleListQuery,
      answers: { 200: Joi.array().items(roleView) },
      handle: async ({ actor: { workspaceId }, query }) =>
        page(
          await this.paginator.paginate(`roles of ${workspaceId}`, query, (request) =>
            this.roleQueries.roles(workspaceId, request),
          ),
        ),
    }),
    route({
      method: 'post',
      path: '/roles',
      summary: 'Make a role out of permissions that you hold',
      access: permission('roles.create'),
      body: roleInput,
      answers: { 201: roleView },
      handle: async ({ actor, body }) => {
        const id = await this.createRole.execute(actor, body);
        return created(await this.roleQueries.role(actor.workspaceId, id), `/roles/${id}`);
      },
    }),
    route({
      method: 'get',
      path: '/roles/:id',
      summary: 'Read a role',
      access: permission('roles.read'),
      params: byRoleId,
      answers: { 200: roleView },
      handle: async ({ actor, params }) => ok(await this.roleQueries.role(actor.workspaceId, params.id)),
    }),
    route({
      method: 'put',
      path: '/roles/:id',
      summary: 'Change a role of your own making; what is left out stays as it is',
      access: permission('roles.update'),
      params: byRoleId,
      body: roleChangeInput,
      requiresIfMatch: true,
      answers: { 200: roleView },
      handle: async ({ actor, params: { id }, body }) => {
        await this.updateRole.execute(actor, { id, ...body });
        return ok(await this.roleQueries.role(actor.workspaceId, id));
      },
    }),
    route({
      method: 'delete',
      path: '/roles/:id',
      summary: 'Delete a role that nobody has',
      access: permission('roles.delete'),
      params: byRoleId,
      answers: { 204: null },
      handle: async ({ actor, params }) => {
        await this.deleteRole.execute(actor, params);
        return noContent();
      },
    }),
  ];
}
