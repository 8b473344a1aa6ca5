import { defineEvent } from '../../../core/domain/DomainEvent';

/** Somebody had a failed job tried again. `jobId` is the engine's number. */
export const jobReplayed = defineEvent<{ jobId: string; task: string }>('operations.job-replayed');
/** Somebody had dead jobs of a task tried again; `jobs` is how many. */
export const deadJobsReplayed = defineEvent<{ task: string; jobs: number }>('operations.dead-jobs-replayed');
