import type { JobQueue } from '../../../core/application/JobQueue';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { EmailAddress } from '../../user';

/** The job that does what a forgotten password asks for. */
export const PASSWORD_RESET_JOB = 'auth.request-password-reset';

/** Does the same for every address, so that nobody learns which have accounts: a job looks later. */
export class ForgotPassword {
  constructor(
    private readonly jobQueue: JobQueue,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  execute({ email }: { email: EmailAddress }): Promise<void> {
    return this.unitOfWork.run({}, () => this.jobQueue.add(PASSWORD_RESET_JOB, { email }));
  }
}
