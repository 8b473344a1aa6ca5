import type { JobTask } from '../../../core/application/JobQueue';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { EmailAddress, UserRepository } from '../../user';
import { PASSWORD_RESET_JOB } from './ForgotPassword';
import type { RequestMailedLink } from './RequestMailedLink';

/** Has a link mailed for a new password, where there is an account that may sign in. */
export class RequestPasswordReset implements JobTask<{ email: EmailAddress }> {
  readonly name = PASSWORD_RESET_JOB;

  constructor(
    private readonly users: UserRepository,
    private readonly requestMailedLink: RequestMailedLink,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async run({ email }: { email: EmailAddress }): Promise<void> {
    await this.unitOfWork.run({}, async () => {
      const user = await this.users.findByEmail(email);
      if (user?.state.status === 'active') await this.requestMailedLink.execute(user.state.id, 'password-reset');
    });
  }
}
