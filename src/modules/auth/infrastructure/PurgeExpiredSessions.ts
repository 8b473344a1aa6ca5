import type { ScheduledJob } from '../../../core/application/JobQueue';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';

/** A session is kept a day past its end, so that its tokens are still told what became of it; its tokens go with it. */
const PURGE_SESSIONS = statement(
  'auth.purge-sessions',
  `DELETE FROM sessions WHERE least(expires_at, revoked_at) < now() - interval '1 day'`,
);
const PURGE_LINKS = statement('auth.purge-links', 'DELETE FROM mailed_links WHERE expires_at < now()');

const PURGE_CHALLENGES = statement('auth.purge-challenges', 'DELETE FROM mfa_challenges WHERE expires_at < now()');

export class PurgeExpiredSessions implements ScheduledJob {
  readonly name = 'auth.purge-expired-sessions';

  readonly schedule = '17 * * * *';

  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async run(): Promise<void> {
    await this.unitOfWork.run({}, async () => {
      await this.unitOfWork.execute(PURGE_SESSIONS);
      await this.unitOfWork.execute(PURGE_LINKS);
      await this.unitOfWork.execute(PURGE_CHALLENGES);
    });
  }
}
