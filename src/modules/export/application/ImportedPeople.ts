import type { Clock } from '../../../core/application/Clock';
import { newId, type UserId } from '../../../core/domain/Id';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { CredentialRepository } from '../../auth';
import { closedAddress, PersonName, User, type UserRepository } from '../../user';
import type { ArchivedPerson } from './readPerson';

export interface Accounts {
  /** The id in the archive -> the account here. */
  readonly ids: ReadonlyMap<string, UserId>;
  readonly known: number;
  readonly opened: number;
}

/** Finds or opens the accounts of the people in an archive, inside the open unit of work. */
export class ImportedPeople {
  constructor(
    private readonly users: UserRepository,
    private readonly credentials: CredentialRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Who has an account here by the same address keeps it, untouched. Others get one without a password and with an
   * address that nobody has proven yet: both come with the link of a forgotten password. Of those who had left there is a
   * closed account, for what they did to refer to.
   * @throws ValidationError that names the accounts here with a password and an address that was never verified
   */
  async settle(people: readonly ArchivedPerson[]): Promise<Accounts> {
    const ids = new Map<string, UserId>();
    const unproven: string[] = [];
    let known = 0;
    for (const person of people) {
      const account = person.email === null ? null : await this.users.findByEmail(person.email);
      if (account && !(await this.isTheirs(account))) unproven.push(account.state.email);
      if (account) known += 1;
      ids.set(person.id, account ? account.state.id : await this.open(person));
    }
    if (unproven.length > 0) {
      throw new ValidationError(
        `These accounts exist, but nobody has proven their addresses, so they may be strangers’: ${unproven.join(', ')}.`,
      );
    }
    const opened = people.filter(({ email }) => email !== null).length - known;
    return { ids, known, opened };
  }

  /** An account that nobody could get into yet, which an earlier import has opened, is not a stranger's either. */
  private async isTheirs({ state: { id, emailVerifiedAt } }: User): Promise<boolean> {
    return emailVerifiedAt !== null || (await this.credentials.find(id)) === null;
  }

  private async open(person: ArchivedPerson): Promise<UserId> {
    const id = newId<UserId>();
    const now = this.clock.now();
    const user =
      person.email === null
        ? User.register({ id, email: closedAddress(id), name: PersonName('Former member') }, now)
        : User.register({ id, email: person.email, name: person.name }, now);
    if (person.email === null) user.close(now);
    else user.changeProfile({ bio: person.bio, timezone: person.timezone, locale: person.locale }, now);
    await this.users.save(user);
    return id;
  }
}
