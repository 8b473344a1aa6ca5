import 'reflect-metadata';
import { createSequelize } from '../../src/core/infrastructure/database/createSequelize';
import { SequelizeUnitOfWork } from '../../src/core/infrastructure/database/SequelizeUnitOfWork';
import { EventLog } from '../../src/core/infrastructure/events/EventLog';
import { TransactionalEventBus } from '../../src/core/infrastructure/events/TransactionalEventBus';
import { modules } from '../../src/modules';
import { SequelizeMfaChallengeRepository } from '../../src/modules/auth/infrastructure/SequelizeMfaChallengeRepository';
import { SqlSessionRepository } from '../../src/modules/auth/infrastructure/SqlSessionRepository';
import { SqlApiKeyRepository } from '../../src/modules/auth/infrastructure/SqlApiKeyRepository';
import { SqlApiKeyRoles } from '../../src/modules/auth/infrastructure/SqlApiKeyRoles';
import { SqlCredentialRepository } from '../../src/modules/auth/infrastructure/SqlCredentialRepository';
import { SqlIdentityRepository } from '../../src/modules/auth/infrastructure/SqlIdentityRepository';
import { SqlMailedLinkRepository } from '../../src/modules/auth/infrastructure/SqlMailedLinkRepository';
import { SqlRefreshTokenRepository } from '../../src/modules/auth/infrastructure/SqlRefreshTokenRepository';
import { SqlTotpRepository } from '../../src/modules/auth/infrastructure/SqlTotpRepository';
import { SequelizeRoleRepository } from '../../src/modules/role/infrastructure/SequelizeRoleRepository';
import { SequelizeUserQueries } from '../../src/modules/user/infrastructure/SequelizeUserQueries';
import { SqlAvatarRepository } from '../../src/modules/user/infrastructure/SqlAvatarRepository';
import { SequelizeUserRepository } from '../../src/modules/user/infrastructure/SequelizeUserRepository';
import { SqlDeliveryRepository } from '../../src/modules/webhook/infrastructure/SqlDeliveryRepository';
import { SqlWebhookRepository } from '../../src/modules/webhook/infrastructure/SqlWebhookRepository';
import { SequelizeInvitationRepository } from '../../src/modules/workspace/infrastructure/SequelizeInvitationRepository';
import { SequelizeMemberRepository } from '../../src/modules/workspace/infrastructure/SequelizeMemberRepository';
import { SequelizeOwnershipOfferRepository } from '../../src/modules/workspace/infrastructure/SequelizeOwnershipOfferRepository';
import { SequelizeWorkspaceQueries } from '../../src/modules/workspace/infrastructure/SequelizeWorkspaceQueries';
import { SqlWorkspaceRepository } from '../../src/modules/workspace/infrastructure/SqlWorkspaceRepository';
import { createTestDatabase, type TestDatabase } from './databases';
import type { RepositoryWorld } from './RepositoryWorld';
import { silentLogger } from './silentLogger';

const CONNECTIONS = 4;
const TOTP_KEY = Buffer.alloc(32, 1);
const WEBHOOK_KEY = Buffer.alloc(32, 2);

/** Nothing listens to these events, so there is nothing to be done later. */
const noJobs = { add: () => Promise.reject(new Error('No handler is registered.')) };

async function publishedIn(database: TestDatabase): Promise<string[]> {
  const rows = await database.query<{ type: string }>('SELECT type FROM events ORDER BY transaction_id, position');
  return rows.map(({ type }) => type);
}

/** The adapters, alone on a database of their own: no event handler runs. */
export async function postgresWorld(): Promise<RepositoryWorld> {
  const database = await createTestDatabase();
  const models = modules.flatMap((module) => module.models);
  const sequelize = createSequelize(database.address, { min: CONNECTIONS, max: CONNECTIONS }, [...models]);
  // Open all of them, so that units of work which are to meet do meet.
  await Promise.all(Array.from({ length: CONNECTIONS }, () => sequelize.query('SELECT pg_sleep(0.01)')));
  const unitOfWork = new SequelizeUnitOfWork(sequelize);
  const eventBus = new TransactionalEventBus(new EventLog(unitOfWork), unitOfWork, noJobs, silentLogger);
  return {
    unitOfWork,
    users: new SequelizeUserRepository(unitOfWork, eventBus),
    userQueries: new SequelizeUserQueries(unitOfWork, '/api/v1'),
    avatars: new SqlAvatarRepository(unitOfWork),
    workspaces: new SqlWorkspaceRepository(unitOfWork, eventBus),
    members: new SequelizeMemberRepository(eventBus, unitOfWork),
    invitations: new SequelizeInvitationRepository(eventBus),
    ownershipOffers: new SequelizeOwnershipOfferRepository(eventBus),
    workspaceQueries: new SequelizeWorkspaceQueries(unitOfWork),
    roles: new SequelizeRoleRepository(unitOfWork, eventBus),
    apiKeys: new SqlApiKeyRepository(unitOfWork, eventBus),
    apiKeyRoles: new SqlApiKeyRoles(unitOfWork),
    webhookRepository: new SqlWebhookRepository(unitOfWork, eventBus, WEBHOOK_KEY),
    deliveries: new SqlDeliveryRepository(unitOfWork),
    sessions: new SqlSessionRepository(unitOfWork, eventBus),
    credentials: new SqlCredentialRepository(unitOfWork),
    refreshTokenRepository: new SqlRefreshTokenRepository(unitOfWork),
    mailedLinks: new SqlMailedLinkRepository(unitOfWork, eventBus),
    totps: new SqlTotpRepository(unitOfWork, eventBus, TOTP_KEY),
    mfaChallenges: new SequelizeMfaChallengeRepository(eventBus),
    identities: new SqlIdentityRepository(unitOfWork, eventBus),
    published: () => publishedIn(database),
    stop: async () => {
      await sequelize.close();
      await database.drop();
    },
  };
}
