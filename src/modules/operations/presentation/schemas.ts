import Joi from 'joi';
import type { FailedJobFilters } from '../../../core/application/FailedJobs';
import { listQuery, type ListQuery } from '../../../core/presentation/pagination';
import { moment } from '../../../core/presentation/schema';

const jobId = () =>
  Joi.string()
    .pattern(/^\d{1,18}$/, 'number')
    .meta({ resource: 'job' });
const task = () => Joi.string().max(100).description('Such as `auth.request-password-reset`');
const state = () =>
  Joi.valid('retrying', 'running', 'dead').description('`dead`: it is not tried again unless somebody has it replayed');

export const failedJobView = Joi.object({
  id: jobId(),
  task: task(),
  state: state(),
  payload: Joi.object().unknown().description('Ids as they are; of everything else the name alone'),
  attempts: Joi.number().integer(),
  maxAttempts: Joi.number().integer(),
  lastError: Joi.string()
    .allow('', null)
    .description('At most 500 characters, without secrets; null where none was left'),
  createdAt: moment(),
  failedAt: moment().allow(null).description('The last failure, where it is known'),
  nextTryAt: moment().allow(null),
});

export const failedJobListQuery = listQuery<ListQuery & FailedJobFilters>(['createdAt'], {
  task: task(),
  state: state(),
});

export const byJobId = Joi.object<{ id: string }>({ id: jobId().required() });

export const replayInput = Joi.object<{ task: string }>({ task: task().required() });
export const replayView = Joi.object({
  jobs: Joi.number().integer().description('How many are tried again; with 1000 there may be more'),
});
