import Joi from 'joi';
import { ok, permission, route, type Controller } from '../../../core/presentation/Route';
import { byWorkspaceId, id } from '../../../core/presentation/schema';
import type { ReadStatistics } from '../application/ReadStatistics';
import { TASK_PRIORITIES } from '../domain/TaskPriority';
import { TASK_STATUSES } from '../domain/TaskStatus';
import { byProjectId } from './schemas';

const count = Joi.number().integer();

const counts = {
  total: count,
  open: count.description('To do, or in progress'),
  overdue: count.description('Open, and due before now'),
};

const each = (keys: readonly string[], schema: Joi.Schema) =>
  Joi.object(Object.fromEntries(keys.map((key) => [key, schema])));

const statisticsView = Joi.object({
  timezone: Joi.string().description('That of the workspace, whose weeks are told'),
  ...counts,
  byStatus: each(TASK_STATUSES, count),
  byPriority: each(TASK_PRIORITIES, Joi.object(counts)),
  byAssignee: Joi.array()
    .items(Joi.object({ assigneeId: id('user').allow(null).description('null: nobody'), ...counts }))
    .description('Who has most to do first, 100 at most'),
  throughput: Joi.array()
    .items(Joi.object({ week: Joi.string().meta({ format: 'date' }).description('Its Monday'), completed: count }))
    .description('How many tasks were done in each of the last twelve weeks; this one is last'),
});

/** How work goes on. */
export class StatisticsController implements Controller {
  constructor(private readonly readStatistics: ReadStatistics) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/projects/:id/stats',
      summary: 'Count the tasks of a project, and how many are done a week',
      access: permission('tasks.read'),
      params: byProjectId,
      answers: { 200: statisticsView },
      handle: async ({ actor, params }) => ok(await this.readStatistics.ofProject(actor.workspaceId, params.id)),
    }),
    route({
      method: 'get',
      path: '/workspaces/:id/stats',
      summary: 'Count the tasks of a workspace, and how many are done a week',
      access: permission('tasks.read'),
      params: byWorkspaceId,
      answers: { 200: statisticsView },
      handle: async ({ actor }) => ok(await this.readStatistics.ofWorkspace(actor.workspaceId)),
    }),
  ];
}
