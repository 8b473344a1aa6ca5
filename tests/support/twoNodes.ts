import type { Logger } from '../../src/core/application/Logger';
import { dataFolder } from './dataFolder';
import { silentLogger } from './silentLogger';
import { TestPlatform } from './testPlatform';

export interface TwoNodes {
  readonly one: TestPlatform;
  readonly two: TestPlatform;
  stop(): Promise<void>;
}

/** Two nodes of one platform: they share the database, and the inbox, as either may send a mail. */
export async function startTwoNodes(
  settings: NodeJS.ProcessEnv = {},
  logger: Logger = silentLogger,
): Promise<TwoNodes> {
  const folder = await dataFolder();
  const environment = { ...settings, DATA_DIR: folder.path };
  const one = await TestPlatform.start({ environment, logger });
  const two = await TestPlatform.start({ environment, logger, database: one.database });
  return {
    one,
    two,
    async stop() {
      await two.stop();
      await one.stop();
      await folder.remove();
    },
  };
}
