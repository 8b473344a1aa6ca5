/** Which jobs have failed and were not done since; those whose node died each time have no error. */
export const FAILED = '(last_error IS NOT NULL OR attempts >= max_attempts)';

/** Lets failed jobs be listed and counted without a look at all those that wait. */
export const FAILED_JOBS_INDEX = `CREATE INDEX IF NOT EXISTS atrium_failed_jobs
  ON graphile_worker._private_jobs (created_at, id) WHERE ${FAILED}`;
