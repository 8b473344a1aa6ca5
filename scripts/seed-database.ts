import type { WorkspaceAccess } from '../src/core/application/Authenticator';
import type { MailedTokens } from '../src/core/application/MailedTokens';
import type { Container } from '../src/core/bootstrap/container';
import type { UserActor } from '../src/core/domain/Actor';
import { newId, type SessionId, type UserId, type WorkspaceId } from '../src/core/domain/Id';
import type { Register } from '../src/modules/auth/application/Register';
import { Password } from '../src/modules/auth/domain/Password';
import { EmailAddress, PersonName, type UserRepository } from '../src/modules/user';
import type { WorkspaceQueries } from '../src/modules/workspace';
import type { CreateWorkspace } from '../src/modules/workspace/application/CreateWorkspace';
import { INVITATION_TOKEN } from '../src/modules/workspace/application/invitationToken';
import type { InviteMember } from '../src/modules/workspace/application/InviteMember';
import { WorkspaceName } from '../src/modules/workspace/domain/WorkspaceName';
import { openAccount } from './support/openAccount';
import { randomPassword } from './support/randomPassword';
import { runScript, ScriptError } from './support/runScript';
import { withPlatform } from './support/withPlatform';

const WORKSPACE = WorkspaceName('Acme');
const person = (role: string, name: string) => ({
  role,
  name: PersonName(name),
  email: EmailAddress(`${role}@acme.example`),
});
const OWNER = person('owner', 'Olga Owner');
const OTHERS = [person('admin', 'Adam Admin'), person('member', 'Mia Member'), person('viewer', 'Vera Viewer')];

async function findAccount(services: Container, email: EmailAddress): Promise<UserId | null> {
  const user = await services.get<UserRepository>('users').findByEmail(email);
  return user?.state.id ?? null;
}

function asOwner(userId: UserId): UserActor {
  const sessionId = newId<SessionId>();
  return { kind: 'person', userId, sessionId, email: OWNER.email, emailVerified: true, platformAdmin: false };
}

async function findOrMakeWorkspace(services: Container, owner: UserActor): Promise<WorkspaceId> {
  const queries = services.get<WorkspaceQueries>('workspaceQueries');
  const { items } = await queries.workspacesOf(owner.userId, { limit: 100, sort: 'joinedAt' });
  const known = items.find(({ name }) => name === WORKSPACE);
  return known?.id ?? services.get<CreateWorkspace>('createWorkspace').execute(owner, { name: WORKSPACE });
}

/** Opens an account by an invitation, which verifies the address and brings the role. */
async function addMember(
  services: Container,
  owner: UserActor,
  workspaceId: WorkspaceId,
  { role, email, name, password }: (typeof OTHERS)[number] & { password: Password },
): Promise<void> {
  const actor = await services.get<WorkspaceAccess>('workspaceAccess').enter(owner, workspaceId);
  const invitationId = await services.get<InviteMember>('inviteMember').execute(actor, { email, role });
  const invitationToken = services.get<MailedTokens>('mailedTokens').issue(INVITATION_TOKEN, invitationId);
  const device = { ip: '127.0.0.1', userAgent: 'seed-database' };
  await services.get<Register>('register').execute({ email, name, password, invitationToken }, device);
}

runScript(async (config) => {
  if (config.env === 'production') throw new ScriptError('Demo accounts have no place in production.');
  const password = process.env.SEED_PASSWORD ? Password(process.env.SEED_PASSWORD) : randomPassword();

  await withPlatform(config, async (services) => {
    let opened = 0;
    const tell = ({ role, email, name }: typeof OWNER, exists: boolean): void => {
      if (!exists) opened += 1;
      console.log(`${role.padEnd(8)}${email.padEnd(22)}${name.padEnd(14)}${exists ? 'exists already' : 'made'}`);
    };

    const existingOwner = await findAccount(services, OWNER.email);
    const owner = asOwner(existingOwner ?? (await openAccount(services, { ...OWNER, password })));
    const workspaceId = await findOrMakeWorkspace(services, owner);
    console.log(`Workspace ${WORKSPACE}: ${workspaceId}\n`);
    tell(OWNER, existingOwner !== null);
    for (const each of OTHERS) {
      const exists = (await findAccount(services, each.email)) !== null;
      if (!exists) await addMember(services, owner, workspaceId, { ...each, password });
      tell(each, exists);
    }
    console.log(
      opened > 0 ? `\nPassword of the new accounts: ${password}` : '\nThey keep the password they were made with.',
    );
  });
});
