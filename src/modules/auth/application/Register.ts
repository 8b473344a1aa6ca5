import type { Clock } from '../../../core/application/Clock';
import type { MailedTokens } from '../../../core/application/MailedTokens';
import type { ClientInfo } from '../../../core/application/RequestContext';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import { newId, type UserId } from '../../../core/domain/Id';
import { ValidationError } from '../../../core/errors/ValidationError';
import { User, type EmailAddress, type PersonName, type UserRepository } from '../../user';
import type { AcceptInvitation, WorkspaceQueries } from '../../workspace';
import type { CredentialRepository } from '../domain/CredentialRepository';
import type { Password } from '../domain/Password';
import type { PasswordHasher } from './PasswordHasher';
import type { PasswordPolicy } from './PasswordPolicy';
import type { RequestMailedLink } from './RequestMailedLink';
import type { Sessions, TokenPair } from './Sessions';

interface Input {
  readonly email: EmailAddress;
  readonly password: Password;
  readonly name: PersonName;
  /** From an invitation's mail: proves the address, and brings the membership. */
  readonly invitationToken?: string;
}

export class Register {
  constructor(
    private readonly users: UserRepository,
    private readonly credentials: CredentialRepository,
    private readonly passwordPolicy: PasswordPolicy,
    private readonly passwordHasher: PasswordHasher,
    private readonly requestMailedLink: RequestMailedLink,
    private readonly signInSessions: Sessions,
    private readonly workspaceQueries: WorkspaceQueries,
    private readonly acceptInvitation: AcceptInvitation,
    private readonly mailedTokens: MailedTokens,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ConflictError `EMAIL_TAKEN`, ValidationError `INVALID_TOKEN`, and what accepting the invitation refuses */
  async execute(input: Input, client: ClientInfo): Promise<TokenPair & { userId: UserId }> {
    const { email, password, name, invitationToken: token } = input;
    this.passwordPolicy.assertAcceptable(password, input, 'password');
    const workspaceId = token === undefined ? null : await this.workspaceOf(token);
    const passwordHash = await this.passwordHasher.hash(password);
    const userId = newId<UserId>();
    return this.unitOfWork.run(workspaceId ? { workspaceId } : { userId }, async () => {
      const now = this.clock.now();
      const user = User.register({ id: userId, email, name }, now);
      if (workspaceId) user.verifyEmail(now);
      await this.users.save(user);
      await this.credentials.save(userId, passwordHash, now);
      if (workspaceId && token) await this.acceptInvitation.execute({ userId, email }, { workspaceId, token });
      else await this.requestMailedLink.execute(userId, 'email-verification');
      return { userId, ...(await this.signInSessions.start(userId, client)) };
    });
  }

  private async workspaceOf(token: string) {
    const workspaceId = await this.workspaceQueries.workspaceOfInvitation(this.mailedTokens.hash(token));
    if (!workspaceId) throw ValidationError.token();
    return workspaceId;
  }
}
