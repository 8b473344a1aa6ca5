import { allMigrations, locateDatabase, prepareDatabase } from '../src/core/bootstrap/database';
import { Lifecycle } from '../src/core/bootstrap/Lifecycle';
import { createLogger } from '../src/core/config/logger';
import { revert } from '../src/core/infrastructure/database/migrate';
import { modules } from '../src/modules';
import { runScript, ScriptError } from './support/runScript';

const USAGE = 'Usage: migrate [up | down [steps]]';

/** How many migrations to take back; 0 to bring the schema up to date. */
function stepsBack(): number {
  const given = process.argv.slice(2);
  const [direction = 'up', steps = '1', ...rest] = given;
  const known = direction === 'down' || (direction === 'up' && given.length < 2);
  if (!known || rest.length > 0 || !/^[1-9]\d{0,3}$/.test(steps)) throw new ScriptError(USAGE);
  return direction === 'up' ? 0 : Number(steps);
}

runScript(async (config) => {
  const back = stepsBack();
  const logger = createLogger({ ...config, log: { level: 'info' } });
  const lifecycle = new Lifecycle(logger);
  try {
    const address = await locateDatabase(config, lifecycle);
    if (back > 0) {
      await revert(address, allMigrations(modules), back, logger);
      console.log('Done. The next start of the platform, or `migrate`, brings the schema up again.');
    } else {
      await prepareDatabase(address, modules, logger);
      console.log('The schema is up to date.');
    }
  } finally {
    await lifecycle.stop();
  }
});
