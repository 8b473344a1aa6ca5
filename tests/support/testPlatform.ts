import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueryResultRow } from 'pg';
import type { Logger } from '../../src/core/application/Logger';
import type { AtriumModule } from '../../src/core/bootstrap/module';
import { startPlatform, type Platform } from '../../src/core/bootstrap/startPlatform';
import { loadConfig } from '../../src/core/config/env';
import { modules } from '../../src/modules';
import { ApiClient, type OnAnswer } from './ApiClient';
import { createTestDatabase, type TestDatabase } from './databases';
import { mailedToken, mailsTo, type InboxMail } from './inbox';
import { silentLogger } from './silentLogger';

export interface TestPlatformOptions {
  /** Settings on top of those for tests. */
  readonly environment?: NodeJS.ProcessEnv;
  /** A database to share, for a second node; by default a fresh one, dropped at the end. */
  readonly database?: TestDatabase;
  readonly modules?: readonly AtriumModule[];
  readonly logger?: Logger;
  /** Is told of every answer to the platform's own client, and to those that are made from it. */
  readonly onAnswer?: OnAnswer;
}

/**
 * A whole platform in this process: real HTTP, real PostgreSQL, real jobs; mails stay in its inbox. Scheduled jobs are run by the
 * tests that are about them: by the clock they would run into whichever test a full minute begins in.
 */
export class TestPlatform {
  private constructor(
    readonly platform: Platform,
    readonly database: TestDatabase,
    private readonly release: () => Promise<void>,
    readonly onAnswer?: OnAnswer,
  ) {}

  static async start({
    environment = {},
    logger = silentLogger,
    ...options
  }: TestPlatformOptions = {}): Promise<TestPlatform> {
    const database = options.database ?? (await createTestDatabase());
    const dataDir = await mkdtemp(join(tmpdir(), 'atrium-test-'));
    const { REDIS_URL } = process.env;
    const config = loadConfig({
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: database.address.application,
      MIGRATION_DATABASE_URL: database.address.migration,
      JWT_SECRET: 'a secret of the tests, known to all of their nodes',
      BCRYPT_ROUNDS: '4',
      JOB_SCHEDULE: 'false',
      RATE_LIMIT_MAX_REQUESTS: '0',
      RATE_LIMIT_USER_MAX_REQUESTS: '0',
      RATE_LIMIT_AUTH_MAX_REQUESTS: '0',
      ...(REDIS_URL && { REDIS_URL }),
      ...environment,
    });
    const platform = await startPlatform(config, options.modules ?? modules, logger);
    const release = async (): Promise<void> => {
      await rm(dataDir, { recursive: true, force: true });
      if (!options.database) await database.drop();
    };
    return new TestPlatform(platform, database, release, options.onAnswer);
  }

  get address(): string {
    return this.platform.address;
  }

  /** A client without credentials. */
  get api(): ApiClient {
    return new ApiClient(`${this.address}/api/v1`, {}, this.onAnswer);
  }

  /** A service of the platform, by the name that it is registered under. */
  service<Service>(name: string): Service {
    return this.platform.container.get<Service>(name);
  }

  async stop(): Promise<void> {
    await this.platform.stop();
    await this.release();
  }

  /** Rows as they really are, whoever's they are. */
  query<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.database.query<Row>(text, values);
  }

  /** The mails to an address so far, newest first. */
  mailsTo(address: string): Promise<InboxMail[]> {
    return mailsTo(this.address, address);
  }

  /** The token in the newest mail to an address with this word in its subject, once it has arrived. */
  mailedToken(address: string, subject: RegExp): Promise<string> {
    return mailedToken(this.address, address, subject);
  }
}
