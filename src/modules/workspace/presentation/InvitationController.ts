import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import { done, noContent, ok, page, permission, route, type Controller } from '../../../core/presentation/Route';
import { byWorkspaceId } from '../../../core/presentation/schema';
import type { ResendInvitation } from '../application/ResendInvitation';
import type { RevokeInvitation } from '../application/RevokeInvitation';
import type { WorkspaceQueries } from '../application/WorkspaceQueries';
import { byInvitation, invitationListQuery, invitationView } from './schemas';

export class InvitationController implements Controller {
  constructor(
    private readonly revokeInvitation: RevokeInvitation,
    private readonly resendInvitation: ResendInvitation,
    private readonly workspaceQueries: WorkspaceQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/workspaces/:id/invitations',
      summary: 'List the invitations to a workspace',
      access: permission('users.create'),
      params: byWorkspaceId,
      query: invitationListQuery,
      answers: { 200: Joi.array().items(invitationView) },
      handle: async ({ params: { id }, query }) =>
        page(
          await this.paginator.paginate(`invitations of ${id}`, query, (request) =>
            this.workspaceQueries.invitationsOf(id, query, request),
          ),
        ),
    }),
    route({
      method: 'get',
      path: '/workspaces/:id/invitations/:invitationId',
      summary: 'Read an invitation',
      access: permission('users.create'),
      params: byInvitation,
      answers: { 200: invitationView },
      handle: async ({ params }) => ok(await this.workspaceQueries.invitation(params.id, params.invitationId)),
    }),
    route({
      method: 'delete',
      path: '/workspaces/:id/invitations/:invitationId',
      summary: 'Revoke an open invitation',
      access: permission('users.create'),
      params: byInvitation,
      answers: { 204: null },
      handle: async ({ actor, params }) => {
        await this.revokeInvitation.execute(actor, params);
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/workspaces/:id/invitations/:invitationId/resend',
      summary: 'Mail an invitation again with a new link, once a minute at most; the old link is void',
      access: permission('users.create'),
      params: byInvitation,
      answers: { 200: invitationView },
      handle: async ({ actor, params }) => {
        await this.resendInvitation.execute(actor, params);
        return done(await this.workspaceQueries.invitation(params.id, params.invitationId));
      },
    }),
  ];
}
