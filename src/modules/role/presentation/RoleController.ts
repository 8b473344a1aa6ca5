import Joi from 'joi';
import { done, member, permission, route, type Controller } from '../../../core/presentation/Route';
import { id } from '../../../core/presentation/schema';
import type { RoleQueries } from '../application/RoleQueries';

const permissionView = Joi.object({
  key: Joi.string(),
  resource: Joi.string(),
  action: Joi.string(),
  description: Joi.string(),
});

const roleView = Joi.object({
  id: id('role'),
  key: Joi.string(),
  name: Joi.string(),
  description: Joi.string().allow(null, ''),
  system: Joi.boolean(),
  permissions: Joi.array().items(Joi.string()),
  memberCount: Joi.number().integer(),
});

export class RoleController implements Controller {
  constructor(private readonly roleQueries: RoleQueries) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/permissions',
      summary: 'Read the catalogue of permissions',
      access: member(),
      answers: { 200: Joi.array().items(permissionView) },
      handle: async () => done(await this.roleQueries.catalogue()),
    }),
    route({
      method: 'get',
      path: '/roles',
      summary: 'List the roles of the workspace and what they hold',
      access: permission('roles.read'),
      answers: { 200: Joi.array().items(roleView) },
      handle: async ({ actor }) => done(await this.roleQueries.roles(actor.workspaceId)),
    }),
  ];
}
