import type { ModelCtor } from 'sequelize-typescript';
import type { EventHandler } from '../application/EventBus';
import type { JobTask } from '../application/JobQueue';
import type { NotificationKind } from '../domain/NotificationKind';
import type { PublicDocument } from '../application/PublicDocument';
import type { NotExported, TableExport } from '../application/TableExport';
import type { EventKind } from '../domain/DomainEvent';
import type { PermissionDefinition } from '../domain/Permission';
import type { Migration } from '../infrastructure/database/Migration';
import { eventExports } from '../infrastructure/events/eventExports';
import type { Seed } from '../infrastructure/database/migrate';
import type { Controller } from '../presentation/Route';
import type { SocketCommands } from '../presentation/sockets/SocketCommand';

/** A class the container makes once, handing its constructor what the parameters are named after. */
export type Service<Instance = unknown> = new (...dependencies: never[]) => Instance;

/** Everything a bounded context hands over. The platform knows modules by this alone. */
export interface AtriumModule {
  readonly name: string;
  /** Registration name -> class: repositories, queries, use cases, adapters of core's ports. */
  readonly services: Readonly<Record<string, Service>>;
  readonly controllers: readonly Service<Controller>[];
  readonly sockets?: readonly Service<SocketCommands>[];
  /** What it publishes outside the API. */
  readonly documents?: readonly Service<PublicDocument>[];
  /** All kinds of events that the module publishes. */
  readonly events: readonly EventKind[];
  readonly handlers: readonly Service<EventHandler>[];
  readonly jobs?: readonly Service<JobTask>[];
  readonly permissions: readonly PermissionDefinition[];
  /** What people may be told of by it. */
  readonly notificationKinds?: readonly NotificationKind[];
  readonly models: readonly ModelCtor[];
  readonly migrations: readonly Migration[];
  /** Each of its tenant tables: how it travels in the archive of a workspace, or why not. */
  readonly exports?: readonly (TableExport | NotExported)[];
  /** Reference data that is written anew after each migration, from what all modules declare. */
  readonly seed?: (permissions: readonly PermissionDefinition[]) => Seed;
}

/** All modules' tenant tables and core's own, in an order in which none refers to a later one. */
export function allExports(modules: readonly AtriumModule[]): (TableExport | NotExported)[] {
  return [...modules.flatMap((module) => module.exports ?? []), ...eventExports];
}
