import type { AtriumModule } from '../../core/bootstrap/module';
import { ReplayDeadJobs } from './application/ReplayDeadJobs';
import { ReplayJob } from './application/ReplayJob';
import { deadJobsReplayed, jobReplayed } from './domain/events';
import { JobController } from './presentation/JobController';

/** What those who run the platform do about it; nothing in it belongs to a workspace. */
export const operationsModule: AtriumModule = {
  name: 'operations',
  services: { replayJob: ReplayJob, replayDeadJobs: ReplayDeadJobs },
  controllers: [JobController],
  events: [jobReplayed, deadJobsReplayed],
  handlers: [],
  permissions: [],
  models: [],
  migrations: [],
};
