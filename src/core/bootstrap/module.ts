import type { ModelCtor } from 'sequelize-typescript';
import type { EventHandler } from '../application/EventBus';
import type { JobTask } from '../application/JobQueue';
import type { PublicDocument } from '../application/PublicDocument';
import type { EventKind } from '../domain/DomainEvent';
import type { PermissionDefinition } from '../domain/Permission';
import type { Migration } from '../infrastructure/database/Migration';
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
  readonly models: readonly ModelCtor[];
  readonly migrations: readonly Migration[];
  /** Reference data that is written anew after each migration, from what all modules declare. */
  readonly seed?: (permissions: readonly PermissionDefinition[]) => Seed;
}
