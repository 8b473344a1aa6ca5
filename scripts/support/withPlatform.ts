import { buildPlatform } from '../../src/core/bootstrap/buildPlatform';
import type { Container } from '../../src/core/bootstrap/container';
import { Lifecycle } from '../../src/core/bootstrap/Lifecycle';
import type { Config } from '../../src/core/config/Config';
import { createLogger } from '../../src/core/config/logger';
import { modules } from '../../src/modules';

/** Lends a script the platform's services, on a database that is up to date, and closes everything afterwards. */
export async function withPlatform(config: Config, use: (services: Container) => Promise<void>): Promise<void> {
  // What a script does it says itself.
  const logger = createLogger({ ...config, log: { level: 'warn' } });
  const lifecycle = new Lifecycle(logger);
  try {
    const { container } = await buildPlatform(config, modules, logger, lifecycle);
    await use(container);
  } finally {
    await lifecycle.stop();
  }
}
