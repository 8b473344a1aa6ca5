import { done, noContent, ok, permission, route, type Controller } from '../../../core/presentation/Route';
import { byMember, byUserId } from '../../../core/presentation/schema';
import { memberView, type UserQueries } from '../../user';
import type { AssignRole } from '../application/AssignRole';
import type { SetMemberRoles } from '../application/SetMemberRoles';
import type { UnassignRole } from '../application/UnassignRole';
import { assignmentInput, byUserAndRole, memberRolesInput } from './schemas';

export class MemberRoleController implements Controller {
  constructor(
    private readonly setMemberRoles: SetMemberRoles,
    private readonly assignRole: AssignRole,
    private readonly unassignRole: UnassignRole,
    private readonly userQueries: UserQueries,
  ) {}

  readonly routes = [
    route({
      method: 'put',
      path: '/workspaces/:id/members/:userId/roles',
      summary: 'Give a member exactly these roles',
      access: permission('roles.assign'),
      params: byMember,
      body: memberRolesInput,
      answers: { 200: memberView },
      handle: async ({ actor, params: { userId }, body }) => {
        await this.setMemberRoles.execute(actor, { userId, ...body });
        return ok(await this.userQueries.member(actor.workspaceId, userId));
      },
    }),
    route({
      method: 'post',
      path: '/users/:id/roles',
      summary: 'Give a member a role beside those they have',
      access: permission('roles.assign'),
      params: byUserId,
      body: assignmentInput,
      answers: { 200: memberView },
      handle: async ({ actor, params: { id: userId }, body }) => {
        await this.assignRole.execute(actor, { userId, ...body });
        return done(await this.userQueries.member(actor.workspaceId, userId));
      },
    }),
    route({
      method: 'delete',
      path: '/users/:id/roles/:roleId',
      summary: 'Take a role from a member, who keeps at least one',
      access: permission('roles.assign'),
      params: byUserAndRole,
      answers: { 204: null },
      handle: async ({ actor, params: { id: userId, roleId } }) => {
        await this.unassignRole.execute(actor, { userId, roleId });
        return noContent();
      },
    }),
  ];
}
