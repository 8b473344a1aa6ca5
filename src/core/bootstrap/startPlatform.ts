import { version } from '../../../package.json';
import { AccessChanges } from '../application/AccessChanges';
import type { HealthCheck } from '../application/Health';
import type { Logger } from '../application/Logger';
import { MailedTokens } from '../application/MailedTokens';
import type { Config } from '../config/Config';
import { deriveKey } from '../config/deriveKey';
import { RedisHealth } from '../infrastructure/cache/RedisHealth';
import { createSequelize } from '../infrastructure/database/createSequelize';
import { DatabaseHealth } from '../infrastructure/database/DatabaseHealth';
import { SequelizeUnitOfWork } from '../infrastructure/database/SequelizeUnitOfWork';
import { EventLog } from '../infrastructure/events/EventLog';
import { PostgresSignals } from '../infrastructure/events/PostgresSignals';
import { TransactionalEventBus } from '../infrastructure/events/TransactionalEventBus';
import { GraphileJobQueue } from '../infrastructure/jobs/GraphileJobQueue';
import { SystemClock } from '../infrastructure/SystemClock';
import { createSocketServer } from '../infrastructure/websocket/createSocketServer';
import { AccessCheck } from '../presentation/AccessCheck';
import { HttpServer } from '../presentation/HttpServer';
import { inboxRoutes } from '../presentation/inboxRoutes';
import { Paginator } from '../presentation/pagination';
import { RequestLimits } from '../presentation/RequestLimits';
import type { Route } from '../presentation/Route';
import { RouteRunner } from '../presentation/RouteRunner';
import { SocketGateway } from '../presentation/sockets/SocketGateway';
import { mailers, sharedState } from './adapters';
import { createApp } from './app';
import { Container } from './container';
import { locateDatabase, prepareDatabase } from './database';
import { Lifecycle } from './Lifecycle';
import type { AtriumModule } from './module';

/** Core's own services; modules add theirs. */
const CORE_SERVICES = {
  clock: SystemClock,
  unitOfWork: SequelizeUnitOfWork,
  eventLog: EventLog,
  jobQueue: GraphileJobQueue,
  eventBus: TransactionalEventBus,
  signals: PostgresSignals,
  accessChanges: AccessChanges,
  mailedTokens: MailedTokens,
  databaseHealth: DatabaseHealth,
  paginator: Paginator,
  requestLimits: RequestLimits,
  accessCheck: AccessCheck,
  routeRunner: RouteRunner,
  socketGateway: SocketGateway,
};

/** A running platform. */
export interface Platform {
  /** Where it answers, e.g. `http://127.0.0.1:3000`. */
  readonly address: string;
  readonly container: Container;
  readonly routes: readonly Route[];
  /** Lets requests and jobs under way finish, then closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts the platform with these modules: alive at once, ready when this resolves.
 * @throws Error after everything that had been started is stopped again.
 */
export async function startPlatform(
  config: Config,
  modules: readonly AtriumModule[],
  logger: Logger,
): Promise<Platform> {
  const lifecycle = new Lifecycle(logger);
  try {
    return await start(config, modules, logger, lifecycle);
  } catch (error) {
    await lifecycle.stop();
    throw error;
  }
}

async function start(
  config: Config,
  modules: readonly AtriumModule[],
  logger: Logger,
  lifecycle: Lifecycle,
): Promise<Platform> {
  const httpServer = new HttpServer();
  const listen = () => httpServer.listen(config.http.port, config.http.host);
  const address = await lifecycle.start('HTTP', listen, () => httpServer.close());

  const databaseAddress = await locateDatabase(config, lifecycle);
  await prepareDatabase(databaseAddress, modules, logger);
  const models = modules.flatMap((module) => module.models);
  const sequelize = await lifecycle.start(
    'connection pool',
    () => createSequelize(databaseAddress, config.database.pool, [...models]),
    (pool) => pool.close(),
  );
  const shared = await sharedState(config, lifecycle, logger);
  const { mailer, inbox } = await mailers(config, lifecycle);
  const sockets = await lifecycle.start(
    'sockets',
    () => createSocketServer(config.http.socketCorsOrigins, shared.redis, logger),
    ({ close }) => close(),
  );

  const container = new Container().values({
    ...config,
    ...config.http,
    ...shared,
    logger,
    databaseAddress,
    sequelize,
    mailer,
    socketServer: sockets.server,
    cursorKey: deriveKey(config.jwt.secret, 'cursors'),
    mailedTokenKey: deriveKey(config.jwt.secret, 'mailed tokens'),
    refreshTokenKey: deriveKey(config.jwt.secret, 'refresh tokens'),
    verifyAnswers: config.env === 'test',
  });
  container.services(CORE_SERVICES);
  for (const module of modules) container.module(module);
  container.resolveAll();

  const eventBus = container.get<TransactionalEventBus>('eventBus');
  for (const handler of container.getAll(modules.flatMap(({ handlers }) => handlers))) eventBus.register(handler);
  const signals = container.get<PostgresSignals>('signals');
  await lifecycle.start('signals', () => signals.start(), () => signals.stop());
  const jobs = container.get<GraphileJobQueue>('jobQueue');
  await lifecycle.start('jobs', () => jobs.start(eventBus.durableTasks()), () => jobs.stop());

  const routes = container.getAll(modules.flatMap(({ controllers }) => controllers)).flatMap((each) => each.routes);
  const healthChecks: HealthCheck[] = [
    container.get<DatabaseHealth>('databaseHealth'),
    ...(shared.redis ? [new RedisHealth(shared.redis)] : []),
  ];
  let draining = false;
  const app = createApp({
    config,
    version,
    logger,
    routes,
    routeRunner: container.get('routeRunner'),
    healthChecks,
    isDraining: () => draining,
    developmentPages: inbox && inboxRoutes(inbox),
  });
  container.get<SocketGateway>('socketGateway').open(
    container.getAll(modules.flatMap((module) => module.sockets ?? [])),
    modules.flatMap(({ events }) => events),
  );
  await lifecycle.start(
    'requests',
    () => {
      httpServer.serve(app);
      sockets.server.attach(httpServer.server);
    },
    async () => {
      draining = true;
      await sockets.close();
      await httpServer.close();
    },
  );
  return { address, container, routes, stop: () => lifecycle.stop() };
}
