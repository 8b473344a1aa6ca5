import Joi from 'joi';
import { listQuery, type Paginator } from '../../../core/presentation/pagination';
import { page, permission, route, type Controller } from '../../../core/presentation/Route';
import { moment } from '../../../core/presentation/schema';
import type { DeletedWorkQueries } from '../application/DeletedWorkQueries';
import { projectView, taskView } from './schemas';

const trashQuery = listQuery(['-deletedAt']);
const deleted = { deletedAt: moment().description('It can be restored until 30 days later') };

/** What was deleted is for those to see who may restore it. */
export class TrashController implements Controller {
  constructor(
    private readonly deletedWorkQueries: DeletedWorkQueries,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/projects/deleted',
      summary: 'List the deleted projects that can be restored',
      access: permission('projects.delete'),
      query: trashQuery,
      answers: { 200: Joi.array().items(projectView.keys(deleted)) },
      handle: async ({ actor: { workspaceId }, query }) =>
        page(
          await this.paginator.paginate(`deleted projects of ${workspaceId}`, query, (request) =>
            this.deletedWorkQueries.projects(workspaceId, request),
          ),
        ),
    }),
    route({
      method: 'get',
      path: '/tasks/deleted',
      summary: 'List the deleted tasks that can be restored, but for what comes back with its project or its task',
      access: permission('tasks.delete'),
      query: trashQuery,
      answers: { 200: Joi.array().items(taskView.keys(deleted)) },
      handle: async ({ actor: { workspaceId }, query }) =>
        page(
          await this.paginator.paginate(`deleted tasks of ${workspaceId}`, query, (request) =>
            this.deletedWorkQueries.tasks(workspaceId, request),
          ),
        ),
    }),
  ];
}
