import { InMemoryPlatform } from '../fixtures/InMemoryPlatform';
import type { RepositoryWorld } from './RepositoryWorld';

/** The fakes. */
export async function inMemoryWorld(): Promise<RepositoryWorld> {
  const platform = new InMemoryPlatform();
  return Object.assign(platform, {
    published: async () => platform.eventBus.types(),
    stop: async () => {},
  });
}
