import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import { ok, page, platformAdmin, route, signedIn, type Controller } from '../../../core/presentation/Route';
import { byUserId } from '../../../core/presentation/schema';
import { accountListQuery, statusChangeInput, userView, type UserQueries } from '../../user';
import type { ChangeAccountStatus } from '../application/ChangeAccountStatus';
import type { DeleteAccount } from '../application/DeleteAccount';
import { passwordInput } from './schemas';
import { signedOut } from './SignInAnswers';

export class AccountController implements Controller {
  constructor(
    private readonly deleteAccount: DeleteAccount,
    private readonly changeAccountStatus: ChangeAccountStatus,
    private readonly userQueries: UserQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'delete',
      path: '/users/me',
      summary: 'Delete your account, which takes the password; nothing that tells who you are is kept',
      access: signedIn(),
      rateLimit: 'credentials',
      body: passwordInput,
      answers: { 204: null },
      handle: async ({ actor, body, browser }) => {
        await this.deleteAccount.execute(actor, body);
        return signedOut(browser);
      },
    }),
    route({
      method: 'get',
      path: '/admin/users',
      summary: 'List the accounts of the platform',
      access: platformAdmin(),
      query: accountListQuery,
      answers: { 200: Joi.array().items(userView) },
      handle: async ({ query }) =>
        page(await this.paginator.paginate('accounts', query, (request) => this.userQueries.accounts(query, request))),
    }),
    route({
      method: 'put',
      path: '/admin/users/:id/status',
      summary: 'Suspend or ban an account, which ends its sessions, or let it sign in again',
      access: platformAdmin(),
      params: byUserId,
      body: statusChangeInput,
      answers: { 200: userView },
      handle: async ({ actor, params, body }) => {
        await this.changeAccountStatus.execute(actor, { userId: params.id, ...body });
        return ok(await this.userQueries.account(params.id));
      },
    }),
  ];
}
