import 'reflect-metadata';
import { existsSync } from 'node:fs';
import type { Config } from '../../src/core/config/Config';
import { loadConfig } from '../../src/core/config/env';
import { AppError } from '../../src/core/errors/AppError';

/** Why a script does not do what it is for, in a sentence for whoever ran it. */
export class ScriptError extends Error {}

/**
 * Runs a script with the settings of the environment and of `.env`. What stops it is told in plain lines on the
 * standard error, without a stack, and makes the exit code 1.
 */
export function runScript(script: (config: Config) => Promise<void>): void {
  runTool(() => start(script));
}

/** The same for a script that works on the code, and needs no settings. */
export function runTool(tool: () => Promise<void>): void {
  tool().catch((error: unknown) => {
    process.stderr.write(`${reason(error)}\n`);
    process.exitCode = 1;
  });
}

async function start(script: (config: Config) => Promise<void>): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  await script(loadConfig(process.env));
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AppError && error.details.errors) {
    return error.details.errors.map(({ message }) => message).join('\n');
  }
  // Where a host has several addresses, all of which refused, there is no message.
  return error.message || ((error as NodeJS.ErrnoException).code ?? error.name);
}
