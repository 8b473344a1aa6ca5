import Joi from 'joi';
import type { SequelizeUnitOfWork } from '../../src/core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../src/core/infrastructure/database/Statement';
import { NotFoundError } from '../../src/core/errors/NotFoundError';
import { member, noContent, ok, route, type Controller } from '../../src/core/presentation/Route';
import { byUserId, id } from '../../src/core/presentation/schema';
import type { UserQueries } from '../../src/modules/user';
import { noteModule } from '../support/noteModule';

const RENAME = statement('leak.rename', `UPDATE users SET name = 'Leaked' WHERE id = $1 AND name <> 'Leaked'`);

/** What a careless colleague might write: each route forgets the workspace in another way. */
class LeakyController implements Controller {
  constructor(
    private readonly userQueries: UserQueries,
    private readonly unitOfWork: SequelizeUnitOfWork,
  ) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/leaks/:id',
      summary: 'Reads a person of whatever workspace',
      access: member(),
      params: byUserId,
      answers: { 200: Joi.object().unknown() },
      handle: async ({ params }) => ok(await this.userQueries.account(params.id)),
    }),
    route({
      method: 'put',
      path: '/leaks/:id',
      summary: 'Refuses in good order, but only once it has written',
      access: member(),
      params: byUserId,
      answers: { 204: null },
      handle: async ({ actor, params }) => {
        await this.unitOfWork.run({}, () => this.unitOfWork.execute(RENAME, [params.id]));
        await this.userQueries.member(actor.workspaceId, params.id);
        return noContent();
      },
    }),
    route({
      method: 'get',
      path: '/secrets/:id',
      summary: 'Names a resource of which the generator has none',
      access: member(),
      params: Joi.object<{ id: string }>({ id: id('secret').required() }),
      answers: { 204: null },
      handle: async () => noContent(),
    }),
    route({
      method: 'get',
      path: '/walls/:id',
      summary: 'Refuses everybody, so that nothing shows whether it would refuse a stranger',
      access: member(),
      params: byUserId,
      answers: { 204: null },
      handle: () => Promise.reject(new NotFoundError()),
    }),
  ];
}

export const leakyModule = noteModule({ name: 'leak', controllers: [LeakyController] });
