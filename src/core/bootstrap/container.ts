import {
  type Constructor,
  InjectionMode,
  asClass,
  asValue,
  createContainer as createAwilix,
  type AwilixContainer,
} from 'awilix';
import type { AtriumModule, Service } from './module';

/** The name under which a class is registered when none is given: its own, in camel case. */
function registrationName({ name }: Service): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** All singletons of the platform, injected by parameter name. */
export class Container {
  private readonly awilix: AwilixContainer<Record<string, unknown>> = createAwilix({
    injectionMode: InjectionMode.CLASSIC,
    strict: true,
  });

  /** Registers what exists already: configuration, connections. */
  values(values: Readonly<Record<string, unknown>>): this {
    for (const [name, value] of Object.entries(values)) this.awilix.register(name, asValue(value));
    return this;
  }

  /** @throws Error when a name is taken: nothing replaces a registration silently. */
  services(services: Readonly<Record<string, Service>>): this {
    for (const [name, service] of Object.entries(services)) {
      if (this.awilix.hasRegistration(name)) throw new Error(`Two services are registered as ${name}.`);
      this.awilix.register(name, asClass(service as Constructor<unknown>).singleton());
    }
    return this;
  }

  module({ services, controllers, sockets = [], documents = [], handlers, jobs = [] }: AtriumModule): this {
    const unnamed = [...controllers, ...sockets, ...documents, ...handlers, ...jobs];
    this.services(services);
    for (const service of unnamed) this.services({ [registrationName(service)]: service });
    return this;
  }

  get<Instance>(name: string): Instance {
    return this.awilix.resolve<Instance>(name);
  }

  getAll<Instance>(services: readonly Service<Instance>[]): Instance[] {
    return services.map((service) => this.get<Instance>(registrationName(service)));
  }

  /** Everything that is registered. */
  get names(): string[] {
    return Object.keys(this.awilix.registrations);
  }

  /** Resolves every registration once, so that a wrong parameter name fails the start and not a request. */
  resolveAll(): this {
    for (const name of this.names) this.awilix.resolve(name);
    return this;
  }
}
