import { version } from '../../../package.json';
import type { HealthCheck } from '../application/Health';
import type { JobTask } from '../application/JobQueue';
import type { Logger } from '../application/Logger';
import type { Config } from '../config/Config';
import { PurgeIdempotencyKeys } from '../infrastructure/database/PurgeIdempotencyKeys';
import { RedisHealth } from '../infrastructure/cache/RedisHealth';
import type { DatabaseHealth } from '../infrastructure/database/DatabaseHealth';
import type { NodeConnection } from '../infrastructure/database/NodeConnection';
import { BrokerHealth } from '../infrastructure/events/BrokerHealth';
import { PurgeHandledEvents } from '../infrastructure/events/PurgeHandledEvents';
import type { TransactionalEventBus } from '../infrastructure/events/TransactionalEventBus';
import type { LogFeed } from '../infrastructure/events/LogFeed';
import type { PostgresPresence } from '../infrastructure/events/PostgresPresence';
import type { GraphileJobQueue } from '../infrastructure/jobs/GraphileJobQueue';
import { StorageHealth } from '../infrastructure/storage/StorageHealth';
import { developmentPages } from '../presentation/developmentPages';
import { HttpServer } from '../presentation/HttpServer';
import type { Route } from '../presentation/Route';
import { PresenceSockets } from '../presentation/sockets/PresenceSockets';
import { SessionSockets } from '../presentation/sockets/SessionSockets';
import type { SocketGateway } from '../presentation/sockets/SocketGateway';
import { createApp } from './app';
import { buildPlatform } from './buildPlatform';
import type { Container } from './container';
import { Lifecycle } from './Lifecycle';
import type { AtriumModule } from './module';

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

  const { container, shared, broker, inbox, sockets } = await buildPlatform(config, modules, logger, lifecycle);
  const nodeConnection = container.get<NodeConnection>('nodeConnection');
  await lifecycle.start(
    'connection of this node',
    () => nodeConnection.start(),
    () => nodeConnection.stop(),
  );
  const jobs = container.get<GraphileJobQueue>('jobQueue');
  const tasks = [
    ...container.get<TransactionalEventBus>('eventBus').durableTasks(),
    ...container.getAll<JobTask>([
      PurgeIdempotencyKeys,
      PurgeHandledEvents,
      ...modules.flatMap((module) => module.jobs ?? []),
    ]),
  ];
  await lifecycle.start(
    'jobs',
    () => jobs.start(tasks),
    () => jobs.stop(),
  );

  const routes = container.getAll(modules.flatMap(({ controllers }) => controllers)).flatMap((each) => each.routes);
  const healthChecks: HealthCheck[] = [
    container.get<DatabaseHealth>('databaseHealth'),
    ...(shared.redis ? [new RedisHealth(shared.redis)] : []),
    ...(broker ? [new BrokerHealth(broker)] : []),
    ...(config.storage.kind === 's3' ? [new StorageHealth(container.get('fileStorage'))] : []),
  ];
  let draining = false;
  const app = createApp({
    config,
    version,
    logger,
    routes,
    routeRunner: container.get('routeRunner'),
    refusals: container.get('refusals'),
    metrics: container.get('metrics'),
    healthChecks,
    isDraining: () => draining,
    documents: container.getAll(modules.flatMap((module) => module.documents ?? [])),
    developmentPages: inbox && developmentPages(inbox, config.http.apiBase),
  });
  container.get<SocketGateway>('socketGateway').open(
    container.getAll([SessionSockets, PresenceSockets, ...modules.flatMap((module) => module.sockets ?? [])]),
    modules.flatMap(({ events }) => events),
  );
  const eventFeed = container.get<LogFeed>('eventFeed');
  await lifecycle.start(
    'event feed',
    () => eventFeed.start(),
    () => eventFeed.stop(),
  );
  const presence = container.get<PostgresPresence>('presence');
  await lifecycle.start(
    'presence',
    () => presence.start(),
    () => presence.stop(),
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
