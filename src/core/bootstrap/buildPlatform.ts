import { AccessChanges } from '../application/AccessChanges';
import { AccessDenials } from '../application/AccessDenials';
import { ContentSweep } from '../application/ContentSweep';
import { Downloads } from '../application/Downloads';
import type { Logger } from '../application/Logger';
import { Refusals } from '../application/Refusals';
import { MailedTokens } from '../application/MailedTokens';
import { isExported } from '../application/TableExport';
import type { Config } from '../config/Config';
import { deriveKey } from '../config/deriveKey';
import { isPublic } from '../domain/DomainEvent';
import { LogVersionedCache } from '../infrastructure/cache/LogVersionedCache';
import { createSequelize } from '../infrastructure/database/createSequelize';
import { DatabaseHealth } from '../infrastructure/database/DatabaseHealth';
import { PurgeIdempotencyKeys } from '../infrastructure/database/PurgeIdempotencyKeys';
import { SequelizeUnitOfWork } from '../infrastructure/database/SequelizeUnitOfWork';
import { PostgresIdempotencyKeys } from '../infrastructure/database/PostgresIdempotencyKeys';
import type { AmqpBroker } from '../infrastructure/events/AmqpBroker';
import { EventLog } from '../infrastructure/events/EventLog';
import { PurgeHandledEvents } from '../infrastructure/events/PurgeHandledEvents';
import { LogFeed } from '../infrastructure/events/LogFeed';
import { PostgresPresence } from '../infrastructure/events/PostgresPresence';
import { PostgresSignals } from '../infrastructure/events/PostgresSignals';
import { PublishOnPublicEvent } from '../infrastructure/events/PublishOnPublicEvent';
import { TransactionalEventBus } from '../infrastructure/events/TransactionalEventBus';
import { NodeConnection } from '../infrastructure/database/NodeConnection';
import { WorkerPresence } from '../infrastructure/jobs/WorkerPresence';
import { GraphileFailedJobs } from '../infrastructure/jobs/GraphileFailedJobs';
import { GraphileJobQueue } from '../infrastructure/jobs/GraphileJobQueue';
import { JobCounts } from '../infrastructure/jobs/JobCounts';
import type { InboxMailer } from '../infrastructure/mail/InboxMailer';
import { HostAddresses } from '../infrastructure/network/HostAddresses';
import { PublicNetwork } from '../infrastructure/network/PublicNetwork';
import { PrometheusMetrics } from '../infrastructure/metrics/PrometheusMetrics';
import { SystemClock } from '../infrastructure/SystemClock';
import { createSocketServer } from '../infrastructure/websocket/createSocketServer';
import { AccessCheck } from '../presentation/AccessCheck';
import { BrowserSessions } from '../presentation/browser/BrowserSessions';
import { Cookies } from '../presentation/browser/Cookies';
import { CsrfProtection } from '../presentation/browser/CsrfProtection';
import { Idempotency } from '../presentation/Idempotency';
import { Paginator } from '../presentation/pagination';
import { Preconditions } from '../presentation/Preconditions';
import { RequestLimits } from '../presentation/RequestLimits';
import { RouteRunner } from '../presentation/RouteRunner';
import { EventMessages } from '../presentation/sockets/EventMessages';
import { EventRooms } from '../presentation/sockets/EventRooms';
import { PresenceSockets } from '../presentation/sockets/PresenceSockets';
import { SessionSockets } from '../presentation/sockets/SessionSockets';
import { SocketGateway } from '../presentation/sockets/SocketGateway';
import { eventBroker, fileStorage, mailers, sharedState, type SharedState } from './adapters';
import { Container } from './container';
import { locateDatabase, prepareDatabase } from './database';
import type { Lifecycle } from './Lifecycle';
import { allExports, type AtriumModule } from './module';

/** Core's own services; modules add theirs. */
const CORE_SERVICES = {
  clock: SystemClock,
  unitOfWork: SequelizeUnitOfWork,
  nodeConnection: NodeConnection,
  eventLog: EventLog,
  workerPresence: WorkerPresence,
  jobQueue: GraphileJobQueue,
  failedJobs: GraphileFailedJobs,
  jobCounts: JobCounts,
  metrics: PrometheusMetrics,
  workspaceCache: LogVersionedCache,
  eventBus: TransactionalEventBus,
  signals: PostgresSignals,
  eventFeed: LogFeed,
  presence: PostgresPresence,
  accessChanges: AccessChanges,
  mailedTokens: MailedTokens,
  downloads: Downloads,
  contentSweep: ContentSweep,
  databaseHealth: DatabaseHealth,
  hostAddresses: HostAddresses,
  publicNetwork: PublicNetwork,
  paginator: Paginator,
  requestLimits: RequestLimits,
  cookies: Cookies,
  csrfProtection: CsrfProtection,
  browserSessions: BrowserSessions,
  accessCheck: AccessCheck,
  accessDenials: AccessDenials,
  idempotencyKeys: PostgresIdempotencyKeys,
  purgeIdempotencyKeys: PurgeIdempotencyKeys,
  purgeHandledEvents: PurgeHandledEvents,
  idempotency: Idempotency,
  preconditions: Preconditions,
  routeRunner: RouteRunner,
  refusals: Refusals,
  personalMessages: EventMessages,
  eventRooms: EventRooms,
  sessionSockets: SessionSockets,
  presenceSockets: PresenceSockets,
  socketGateway: SocketGateway,
};

/** Everything that serving needs, and nothing that serves yet. */
export interface BuiltPlatform {
  readonly container: Container;
  readonly shared: SharedState;
  readonly broker: AmqpBroker | null;
  readonly inbox: InboxMailer | null;
  readonly sockets: ReturnType<typeof createSocketServer>;
}

/**
 * Makes the platform ready to serve, or to be used by a script: the database up to date, the adapters connected, every
 * service made, every event handler in its place. Jobs are added, and wait for a platform that serves.
 */
export async function buildPlatform(
  config: Config,
  modules: readonly AtriumModule[],
  logger: Logger,
  lifecycle: Lifecycle,
): Promise<BuiltPlatform> {
  const databaseAddress = await locateDatabase(config, lifecycle);
  await prepareDatabase(databaseAddress, modules, logger);
  const models = modules.flatMap((module) => module.models);
  const sequelize = await lifecycle.start(
    'connection pool',
    () => createSequelize(databaseAddress, config.database.pool, [...models]),
    (pool) => pool.close(),
  );
  const shared = await sharedState(config, lifecycle, logger);
  const broker = await eventBroker(config, lifecycle, logger);
  const { mailer, inbox } = await mailers(config, lifecycle);
  const sockets = await lifecycle.start(
    'sockets',
    () => createSocketServer(config.http.socketCorsOrigins, shared.redis, logger),
    ({ close }) => close(),
  );

  const publicEvents = modules.flatMap(({ events }) => events).filter(isPublic);
  const container = new Container().values({
    ...config,
    ...config.http,
    ...shared,
    logger,
    databaseAddress,
    sequelize,
    mailer,
    fileStorage: await fileStorage(config, lifecycle),
    socketServer: sockets.server,
    cursorKey: deriveKey(config.jwt.secret, 'cursors'),
    mailedTokenKey: deriveKey(config.jwt.secret, 'mailed tokens'),
    refreshTokenKey: deriveKey(config.jwt.secret, 'refresh tokens'),
    idempotencyKey: deriveKey(config.jwt.secret, 'idempotency keys'),
    csrfKey: deriveKey(config.jwt.secret, 'CSRF tokens'),
    totpKey: deriveKey(config.jwt.secret, 'authenticator secrets'),
    oidcKey: deriveKey(config.jwt.secret, 'sign-ins at providers'),
    webhookKey: deriveKey(config.jwt.secret, 'webhook secrets'),
    publicEvents,
    auditKey: deriveKey(config.jwt.secret, 'audit checkpoints'),
    vapidKey: config.webPush.privateKey ?? deriveKey(config.jwt.secret, 'Web Push'),
    registeredKinds: modules.flatMap(({ notificationKinds = [] }) => notificationKinds),
    tableExports: allExports(modules).filter(isExported),
    verifyAnswers: config.env === 'test',
  });
  container.services(CORE_SERVICES);
  for (const module of modules) container.module(module);
  container.resolveAll();

  const eventBus = container.get<TransactionalEventBus>('eventBus');
  for (const handler of container.getAll(modules.flatMap(({ handlers }) => handlers))) eventBus.register(handler);
  if (broker) eventBus.register(new PublishOnPublicEvent(publicEvents, broker));
  return { container, shared, broker, inbox, sockets };
}
