import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { AccessChanges } from '../src/core/application/AccessChanges';
import type { Clock } from '../src/core/application/Clock';
import type { UnitOfWork } from '../src/core/application/UnitOfWork';
import type { Container } from '../src/core/bootstrap/container';
import { Password } from '../src/modules/auth/domain/Password';
import { EmailAddress, PersonName, type User, type UserRepository } from '../src/modules/user';
import { openAccount } from './support/openAccount';
import { randomPassword } from './support/randomPassword';
import { runScript, ScriptError } from './support/runScript';
import { withPlatform } from './support/withPlatform';

const USAGE = `Usage: create-admin --email <address> [--name <name>] [--password-stdin]

Makes a platform admin: of the account with that address if there is one, which keeps its password, else of a new one.
Its password is read from the standard input or from ADMIN_PASSWORD, or else made up and shown once.`;

const OPTIONS = {
  email: { type: 'string' },
  name: { type: 'string' },
  'password-stdin': { type: 'boolean' },
} as const;

async function givenPassword(fromStdin: boolean): Promise<Password | null> {
  const given = fromStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : process.env.ADMIN_PASSWORD;
  return given ? Password(given) : null;
}

async function promote(services: Container, { state: { id, email, name } }: User): Promise<void> {
  console.log(`There is an account ${email} (${name}) already. It keeps its password.`);
  await services.get<UnitOfWork>('unitOfWork').run({ userId: id }, async () => {
    const users = services.get<UserRepository>('users');
    const user = await users.get(id);
    user.assertMaySignIn();
    // Anybody can open an account with somebody else's address.
    if (!user.state.emailVerifiedAt) throw new ScriptError('Its address was never verified: it may be a stranger’s.');
    user.makePlatformAdmin(services.get<Clock>('clock').now());
    await users.save(user);
    await services.get<AccessChanges>('accessChanges').announce({ userId: id });
  });
}

async function create(services: Container, email: EmailAddress, name: string, given: Password | null): Promise<void> {
  const password = given ?? randomPassword();
  await openAccount(services, { email, name: PersonName(name), password, platformAdmin: true });
  console.log(`The account ${email} is open.`);
  if (!given) console.log(`Its password, shown this once: ${password}`);
}

runScript(async (config) => {
  const { email: address, name = 'Platform admin', 'password-stdin': fromStdin = false } = options();
  const email = EmailAddress(address);
  const password = await givenPassword(fromStdin);
  await withPlatform(config, async (services) => {
    const existing = await services.get<UserRepository>('users').findByEmail(email);
    if (existing) await promote(services, existing);
    else await create(services, email, name, password);
    console.log(`${email} is a platform admin.`);
  });
});

function options() {
  try {
    const { email, ...others } = parseArgs({ options: OPTIONS }).values;
    if (email !== undefined) return { email, ...others };
  } catch {
    // An unknown option; the usage says which ones there are.
  }
  throw new ScriptError(USAGE);
}
