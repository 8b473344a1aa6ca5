import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import type { ValidationError } from 'joi';
import type { Config } from './Config';
import { ConfigError, type ConfigProblem } from './ConfigError';
import { developmentSecrets } from './developmentSecrets';
import { environmentSchema, type Settings } from './environmentSchema';
import type { PostgresUrl } from './parsers';

/**
 * Reads the environment; an empty variable counts as unset, and variables of others are left alone. Outside
 * production a missing JWT_SECRET is made, and kept in DATA_DIR.
 * @throws ConfigError with every problem at once.
 */
export function loadConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const result = environmentSchema.validate(given, {
    abortEarly: false,
    stripUnknown: true,
    errors: { label: false },
  });
  if (result.error) throw new ConfigError(problems(result.error));
  return deepFreeze(toConfig(result.value));
}

/** The first thing that is wrong with each variable. */
function problems({ details }: ValidationError): ConfigProblem[] {
  const messages = new Map<string, string>();
  for (const { path, message } of details) {
    const variable = path.join('.');
    if (!messages.has(variable)) messages.set(variable, message);
  }
  return [...messages].map(([variable, message]) => ({ variable, message }));
}

function toConfig(settings: Settings): Config {
  const dataDir = resolve(settings.DATA_DIR);
  const frontendOrigin = [new URL(settings.FRONTEND_URL).origin];
  return {
    env: settings.NODE_ENV,
    http: {
      host: settings.HOST,
      port: settings.PORT,
      apiBase: `${settings.API_PREFIX}/${settings.API_VERSION}`,
      trustProxy: settings.TRUST_PROXY,
      corsOrigins: settings.CORS_ORIGINS ?? frontendOrigin,
      socketCorsOrigins: settings.SOCKET_CORS_ORIGIN ?? frontendOrigin,
    },
    dataDir,
    storage: storage(settings),
    storageQuota: settings.STORAGE_QUOTA_BYTES,
    database: database(settings),
    redis: redis(settings),
    eventBroker: settings.EVENT_BROKER_URL ? { url: settings.EVENT_BROKER_URL } : null,
    jwt: {
      secret: Buffer.from(settings.JWT_SECRET ?? generatedSecret(dataDir), 'utf8'),
      privateKey: settings.JWT_PRIVATE_KEY ?? null,
      otherPublicKeys: settings.JWT_OTHER_PUBLIC_KEYS ?? [],
      expiresInSeconds: settings.JWT_EXPIRES_IN,
    },
    refreshToken: { expiresInSeconds: settings.REFRESH_TOKEN_EXPIRES_IN },
    bcryptRounds: settings.BCRYPT_ROUNDS,
    oidcProviders: settings.OIDC_PROVIDERS,
    mail: {
      from: { address: settings.EMAIL_FROM, name: settings.EMAIL_FROM_NAME },
      ...(settings.EMAIL_SERVICE === 'smtp'
        ? { service: 'smtp', smtpUrl: settings.SMTP_URL }
        : { service: settings.EMAIL_SERVICE }),
    },
    webPush: {
      enabled: settings.VAPID_PRIVATE_KEY !== undefined || settings.NODE_ENV !== 'production',
      privateKey: settings.VAPID_PRIVATE_KEY ?? null,
    },
    frontendUrl: settings.FRONTEND_URL,
    publicUrl: settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`,
    webhook: { allowPrivate: settings.WEBHOOK_ALLOW_PRIVATE },
    rateLimits: {
      windowMs: settings.RATE_LIMIT_WINDOW_MS,
      anonymousMax: settings.RATE_LIMIT_MAX_REQUESTS,
      userMax: settings.RATE_LIMIT_USER_MAX_REQUESTS,
      authMax: settings.RATE_LIMIT_AUTH_MAX_REQUESTS,
    },
    requireIfMatch: settings.REQUIRE_IF_MATCH,
    jobDrainMs: settings.JOB_DRAIN_SECONDS * 1_000,
    jobSchedule: settings.JOB_SCHEDULE,
    metricsToken: settings.METRICS_TOKEN ?? null,
    log: { level: settings.LOG_LEVEL },
  };
}

function database(settings: Settings): Config['database'] {
  const pool = { min: settings.DB_POOL_MIN, max: settings.DB_POOL_MAX };
  const application = settings.DATABASE_URL ?? databaseOfParts(settings);
  if (!application) return { kind: 'embedded', pool };
  const migration = settings.MIGRATION_DATABASE_URL ?? application;
  return {
    kind: 'url',
    pool,
    application: application.url,
    migration: migration.url,
    shared: new URL(application.url).username === new URL(migration.url).username,
    ssl: settings.DB_SSL ?? (application.tls || migration.tls),
  };
}

function databaseOfParts({ DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD }: Settings): PostgresUrl | undefined {
  if (!DB_HOST) return undefined;
  return { url: `postgres://${authority(DB_HOST, DB_PORT, DB_PASSWORD, DB_USER)}/${DB_NAME}`, tls: false };
}

function storage(settings: Settings): Config['storage'] {
  if (settings.STORAGE === 'local') return { kind: 'local' };
  const { AWS_S3_ENDPOINT: endpoint, AWS_S3_ACCESS_KEY: accessKeyId, AWS_S3_SECRET_KEY: secretAccessKey } = settings;
  return {
    kind: 's3',
    bucket: settings.AWS_S3_BUCKET,
    region: settings.AWS_S3_REGION,
    forcePathStyle: settings.AWS_S3_FORCE_PATH_STYLE ?? endpoint !== undefined,
    ...(endpoint !== undefined && { endpoint }),
    ...(accessKeyId !== undefined && { credentials: { accessKeyId, secretAccessKey } }),
  };
}

function redis({ REDIS_URL, REDIS_HOST, REDIS_PORT, REDIS_PASSWORD, REDIS_DB }: Settings): Config['redis'] {
  if (REDIS_HOST) return { url: `redis://${authority(REDIS_HOST, REDIS_PORT, REDIS_PASSWORD)}/${REDIS_DB}` };
  return REDIS_URL ? { url: REDIS_URL } : null;
}

/** What stands between `//` and the path of a URL. */
function authority(host: string, port: number, password = '', user = ''): string {
  const credentials = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return `${credentials}@${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

function generatedSecret(dataDir: string): string {
  try {
    return developmentSecrets(dataDir).jwtSecret;
  } catch (error) {
    // A system error's message tells the path; its code does not.
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ConfigError([{ variable: 'DATA_DIR', message: `can't keep the generated secrets: ${code ?? message}` }]);
  }
}

function deepFreeze<Value>(value: Value): Value {
  // The bytes of a Buffer can't be frozen.
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
