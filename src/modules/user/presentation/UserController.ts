import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import { ok, page, permission, route, signedIn, type Controller } from '../../../core/presentation/Route';
import { byUserId } from '../../../core/presentation/schema';
import type { UpdateProfile } from '../application/UpdateProfile';
import type { UserQueries } from '../application/UserQueries';
import { memberListQuery, memberSearchQuery, memberView, profileInput, userView } from './schemas';

export class UserController implements Controller {
  constructor(
    private readonly userQueries: UserQueries,
    private readonly updateProfile: UpdateProfile,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/users/me',
      summary: 'Read your own account',
      access: signedIn(),
      answers: { 200: userView },
      handle: async ({ actor }) => ok(await this.userQueries.account(actor.userId)),
    }),
    route({
      method: 'put',
      path: '/users/me',
      summary: 'Change your profile',
      access: signedIn(),
      body: profileInput,
      answers: { 200: userView },
      handle: async ({ actor, body }) => {
        await this.updateProfile.execute(actor, body);
        return ok(await this.userQueries.account(actor.userId));
      },
    }),
    route({
      method: 'get',
      path: '/users',
      summary: 'List the members of the workspace, with their roles',
      access: permission('users.read'),
      query: memberListQuery,
      answers: { 200: Joi.array().items(memberView) },
      handle: async ({ actor: { workspaceId }, query }) =>
        page(
          await this.paginator.paginate(`users of ${workspaceId}`, query, (request) =>
            this.userQueries.members(workspaceId, query, request),
          ),
        ),
    }),
    route({
      method: 'get',
      path: '/users/search',
      summary: 'Find members by name or e-mail address, the closest first',
      access: permission('users.read'),
      query: memberSearchQuery,
      answers: { 200: Joi.array().items(memberView) },
      handle: async ({ actor: { workspaceId }, query: { q, limit } }) =>
        page({ items: await this.userQueries.search(workspaceId, q, limit), meta: { limit } }),
    }),
    route({
      method: 'get',
      path: '/users/:id',
      summary: 'Read a member of the workspace',
      access: permission('users.read'),
      params: byUserId,
      answers: { 200: memberView },
      handle: async ({ actor, params }) => ok(await this.userQueries.member(actor.workspaceId, params.id)),
    }),
  ];
}
