import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { logContext } from './core/application/RequestContext';
import { startPlatform } from './core/bootstrap/startPlatform';
import type { Config } from './core/config/Config';
import { ConfigError } from './core/config/ConfigError';
import { loadConfig } from './core/config/env';
import { createLogger } from './core/config/logger';
import { modules } from './modules';

function readConfig(): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** A second signal does not stop what is stopping already. */
function once<Argument>(work: (argument: Argument) => Promise<void>): (argument: Argument) => void {
  let done = false;
  return (argument) => {
    if (!done) void work(argument);
    done = true;
  };
}

async function main(): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config, logContext);

  process.on('uncaughtException', (error) => {
    logger.error('The process is in an unknown state and ends', { error });
    process.exit(1);
  });

  const starting = startPlatform(config, modules, logger);
  const stop = once(async (signal: string) => {
    logger.info(`Stopping on ${signal}`);
    await starting.then((platform) => platform.stop()).finally(() => process.exit(0));
  });
  process.on('SIGTERM', stop).on('SIGINT', stop);

  try {
    const { address } = await starting;
    logger.info(`Atrium listens on ${address}`);
    logger.info(`API documentation: ${address}/docs`);
    if (config.mail.service === 'inbox') logger.info(`Mails stay in ${address}/dev/inbox`);
  } catch (error) {
    logger.error('The start failed', { error });
    process.exit(1);
  }
}

void main();
