import { noContent, ok, permission, route, type Controller } from '../../../core/presentation/Route';
import { byUserId } from '../../../core/presentation/schema';
import { memberView, statusChangeInput, type UserQueries } from '../../user';
import type { ChangeMemberStatus } from '../application/ChangeMemberStatus';
import type { RemoveMember } from '../application/RemoveMember';

export class MemberController implements Controller {
  constructor(
    private readonly changeMemberStatus: ChangeMemberStatus,
    private readonly removeMember: RemoveMember,
    private readonly userQueries: UserQueries,
  ) {}

  readonly routes = [
    route({
      method: 'put',
      path: '/users/:id/status',
      changes: '/users/:id',
      summary: 'Suspend or ban a member of the workspace, or let them in again',
      access: permission('users.update'),
      params: byUserId,
      body: statusChangeInput,
      answers: { 200: memberView },
      handle: async ({ actor, params, body }) => {
        await this.changeMemberStatus.execute(actor, { userId: params.id, ...body });
        return ok(await this.userQueries.member(actor.workspaceId, params.id));
      },
    }),
    route({
      method: 'delete',
      path: '/users/:id',
      summary: 'Remove a person from the workspace; the account stays',
      access: permission('users.delete'),
      params: byUserId,
      answers: { 204: null },
      handle: async ({ actor, params }) => {
        await this.removeMember.execute(actor, { userId: params.id });
        return noContent();
      },
    }),
  ];
}
