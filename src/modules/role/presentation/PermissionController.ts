import Joi from 'joi';
import { done, member, noContent, permission, route, type Controller } from '../../../core/presentation/Route';
import type { CheckPermission } from '../application/CheckPermission';
import type { GrantPermission } from '../application/GrantPermission';
import type { RoleQueries } from '../application/RoleQueries';
import type { WithdrawPermission } from '../application/WithdrawPermission';
import {
  byRoleAndPermission,
  byRoleId,
  permissionCheckInput,
  permissionCheckView,
  permissionInput,
  permissionView,
  roleView,
} from './schemas';

export class PermissionController implements Controller {
  constructor(
    private readonly grantPermission: GrantPermission,
    private readonly withdrawPermission: WithdrawPermission,
    private readonly permissionExplanations: CheckPermission,
    private readonly roleQueries: RoleQueries,
  ) {}

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
      method: 'post',
      path: '/permissions/check',
      summary: 'Ask whether you, or with roles.read another member, may do something, and why',
      access: member(),
      body: permissionCheckInput,
      answers: { 200: permissionCheckView },
      handle: async ({ actor, body }) => done(await this.permissionExplanations.execute(actor, body)),
    }),
    route({
      method: 'post',
      path: '/roles/:id/permissions',
      summary: 'Add a permission to a role',
      access: permission('roles.update'),
      params: byRoleId,
      body: permissionInput,
      answers: { 200: roleView },
      handle: async ({ actor, params: { id }, body }) => {
        await this.grantPermission.execute(actor, { id, ...body });
        return done(await this.roleQueries.role(actor.workspaceId, id));
      },
    }),
    route({
      method: 'delete',
      path: '/roles/:id/permissions/:permission',
      summary: 'Take a permission from a role',
      access: permission('roles.update'),
      params: byRoleAndPermission,
      answers: { 204: null },
      handle: async ({ actor, params }) => {
        await this.withdrawPermission.execute(actor, params);
        return noContent();
      },
    }),
  ];
}
