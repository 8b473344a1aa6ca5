import Joi from 'joi';
import type { FailedJobs } from '../../../core/application/FailedJobs';
import type { Paginator } from '../../../core/presentation/pagination';
import { accepted, done, ok, page, platformAdmin, route, type Controller } from '../../../core/presentation/Route';
import type { ReplayDeadJobs } from '../application/ReplayDeadJobs';
import type { ReplayJob } from '../application/ReplayJob';
import { byJobId, failedJobListQuery, failedJobView, replayInput, replayView } from './schemas';

export class JobController implements Controller {
  constructor(
    private readonly failedJobs: FailedJobs,
    private readonly replayJob: ReplayJob,
    private readonly replayDeadJobs: ReplayDeadJobs,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/admin/jobs',
      summary: 'List the jobs of the platform that failed, dead letters among them',
      access: platformAdmin(),
      query: failedJobListQuery,
      answers: { 200: Joi.array().items(failedJobView) },
      handle: async ({ query }) =>
        page(await this.paginator.paginate('failed jobs', query, (request) => this.failedJobs.list(query, request))),
    }),
    route({
      method: 'get',
      path: '/admin/jobs/:id',
      summary: 'Read a job that failed',
      access: platformAdmin(),
      params: byJobId,
      answers: { 200: failedJobView },
      handle: async ({ params }) => ok(await this.failedJobs.get(params.id)),
    }),
    route({
      method: 'post',
      path: '/admin/jobs/:id/replay',
      summary: 'Have a job that failed tried again now, with all its attempts',
      access: platformAdmin(),
      params: byJobId,
      answers: { 202: Joi.object() },
      handle: async ({ actor, params }) => {
        await this.replayJob.execute(actor, params);
        return accepted();
      },
    }),
    route({
      method: 'post',
      path: '/admin/jobs/replay',
      summary: 'Have the dead jobs of a task tried again now, a thousand at most',
      access: platformAdmin(),
      body: replayInput,
      answers: { 200: replayView },
      handle: async ({ actor, body }) => done({ jobs: await this.replayDeadJobs.execute(actor, body) }),
    }),
  ];
}
