import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import {
  created,
  done,
  noContent,
  page,
  permission,
  route,
  signedIn,
  type Controller,
} from '../../../core/presentation/Route';
import { byMember, byWorkspaceId } from '../../../core/presentation/schema';
import { memberListQuery, memberView, type UserQueries } from '../../user';
import type { AcceptInvitation } from '../application/AcceptInvitation';
import type { InviteMember } from '../application/InviteMember';
import type { RemoveMember } from '../application/RemoveMember';
import type { WorkspaceQueries } from '../application/WorkspaceQueries';
import { invitationInput, invitationView, tokenInput, workspaceView } from './schemas';

export class MembershipController implements Controller {
  constructor(
    private readonly inviteMember: InviteMember,
    private readonly acceptInvitation: AcceptInvitation,
    private readonly removeMember: RemoveMember,
    private readonly workspaceQueries: WorkspaceQueries,
    private readonly userQueries: UserQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/workspaces/:id/members',
      summary: 'List the members of a workspace, with their roles',
      access: permission('users.read'),
      params: byWorkspaceId,
      query: memberListQuery,
      answers: { 200: Joi.array().items(memberView) },
      handle: async ({ params: { id }, query }) =>
        page(
          await this.paginator.paginate(`members of ${id}`, query, (request) =>
            this.userQueries.members(id, query, request),
          ),
        ),
    }),
    route({
      method: 'post',
      path: '/workspaces/:id/members/invite',
      summary: 'Invite a person by e-mail',
      access: permission('users.create'),
      params: byWorkspaceId,
      body: invitationInput,
      answers: { 201: invitationView },
      handle: async ({ actor, params, body }) => {
        const id = await this.inviteMember.execute(actor, body);
        const invitation = await this.workspaceQueries.invitation(params.id, id);
        return created(invitation, `/workspaces/${params.id}/invitations/${id}`);
      },
    }),
    route({
      method: 'post',
      path: '/workspaces/:id/members/accept',
      summary: 'Accept an invitation that was mailed to you',
      access: signedIn(),
      params: byWorkspaceId,
      body: tokenInput,
      answers: { 200: workspaceView },
      handle: async ({ actor, params, body }) => {
        await this.acceptInvitation.execute(actor, { workspaceId: params.id, token: body.token });
        return done(await this.workspaceQueries.workspace(params.id));
      },
    }),
    route({
      method: 'delete',
      path: '/workspaces/:id/members/:userId',
      changes: '/users/:userId',
      summary: 'Remove a member, or leave',
      access: permission('users.delete', { orSelf: 'userId' }),
      params: byMember,
      answers: { 204: null },
      handle: async ({ actor, params }) => {
        await this.removeMember.execute(actor, { userId: params.userId });
        return noContent();
      },
    }),
  ];
}
