import type { ScheduledJob } from '../../../core/application/JobQueue';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';

/** An ended session stays known as a device for 30 days; its tokens go with it. */
const PURGE_SESSIONS = statement(
  'auth.purge-sessions',
  `DELETE FROM sessions WHERE least(expires_at, revoked_at) < now() - interval '30 days'`,
);
const PURGE_LINKS = statement('auth.purge-links', 'DELETE FROM mailed_links WHERE expires_at < now()');

const PURGE_CHALLENGES = statement('auth.purge-challenges', 'DELETE FROM mfa_challenges WHERE expires_at < now()');

/** Their waits are over by then. */
const PURGE_ATTEMPTS = statement(
  'auth.purge-attempts',
  `DELETE FROM login_attempts WHERE greatest(since, locked_until) < now() - interval '1 hour'`,
);

export class PurgeExpiredSessions implements ScheduledJob {
  readonly name = 'auth.purge-expired-sessions';

  readonly schedule = '17 * * * *';

  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async run(): Promise<void> {
    await this.unitOfWork.run({}, async () => {
      await this.unitOfWork.execute(PURGE_SESSIONS);
      await this.unitOfWork.execute(PURGE_LINKS);
      await this.unitOfWork.execute(PURGE_CHALLENGES);
      await this.unitOfWork.execute(PURGE_ATTEMPTS);
    });
  }
}
