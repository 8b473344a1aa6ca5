import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/core/config/Config';
import { ConfigError } from '../../src/core/config/ConfigError';
import { loadConfig } from '../../src/core/config/env';

type Environment = Record<string, string>;

/** A secret that production accepts. */
export const SECRET = 'n4Yb0WqTz9Vd2KfXcR7mHsLp5JgUe8Ai1oQxCwZt3kE';

/** The least that production asks for. */
export const PRODUCTION: Environment = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://app:pw@db.internal:5432/atrium',
  JWT_SECRET: SECRET,
  SMTP_URL: 'smtps://mailer:pw@smtp.internal',
  EMAIL_FROM: 'no-reply@example.com',
  FRONTEND_URL: 'https://app.example.com',
};

/** The settings of `.env.example`, commented out or not. */
export function exampleSettings(): [variable: string, value: string][] {
  const text = readFileSync(join(__dirname, '../../.env.example'), 'utf8');
  return [...text.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, variable = '', value = '']) => [
    variable,
    value,
  ]);
}

/** Reads environments, for the tests of a file, in an empty data folder for each of them. */
export function configurations() {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'atrium-env-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const load = (environment: Environment = {}): Config => loadConfig({ DATA_DIR: folder, ...environment });

  return {
    load,

    /** What is wrong with an environment, by variable. */
    problems: (environment: Environment): Record<string, string> => {
      try {
        load(environment);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        expect(error.message).toBe(error.problems.map(({ variable, message }) => `${variable} ${message}`).join('\n'));
        return Object.fromEntries(error.problems.map(({ variable, message }) => [variable, message]));
      }
      return {};
    },

    /** The data folder of the test that asks. */
    dataDir: (): string => folder,
  };
}
