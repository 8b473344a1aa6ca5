import Joi from 'joi';
import type { Logger } from '../application/Logger';
import type { Config, OidcProvider } from './Config';
import { isGuessableSecret } from './isGuessableSecret';
import { must } from './must';
import { oidcProviders } from './oidcProviders';
import { signingKey, verificationKeys } from './pemKeys';
import { vapidKey } from './vapidKey';
import { duration, host, origins, postgresUrl, serviceUrl, trustedProxies, webUrl, type PostgresUrl } from './parsers';

/** What the environment says once it is checked; what it may leave out is optional. */
export interface Settings {
  NODE_ENV: Config['env'];
  PORT: number;
  HOST: string;
  API_PREFIX: string;
  API_VERSION: string;
  DATA_DIR: string;
  STORAGE: Config['storage']['kind'];
  STORAGE_QUOTA_BYTES: number;
  AWS_S3_BUCKET: string;
  AWS_S3_REGION: string;
  AWS_S3_ENDPOINT?: string;
  AWS_S3_ACCESS_KEY?: string;
  AWS_S3_SECRET_KEY: string;
  AWS_S3_FORCE_PATH_STYLE?: boolean;
  DATABASE_URL?: PostgresUrl;
  DB_HOST?: string;
  DB_PORT: number;
  DB_NAME: string;
  DB_USER: string;
  DB_PASSWORD?: string;
  DB_SSL?: boolean;
  DB_POOL_MIN: number;
  DB_POOL_MAX: number;
  MIGRATION_DATABASE_URL?: PostgresUrl;
  REDIS_URL?: string;
  REDIS_HOST?: string;
  REDIS_PORT: number;
  REDIS_PASSWORD?: string;
  REDIS_DB: number;
  EVENT_BROKER_URL?: string;
  JWT_SECRET?: string;
  JWT_PRIVATE_KEY?: string;
  JWT_OTHER_PUBLIC_KEYS?: readonly string[];
  JWT_EXPIRES_IN: number;
  REFRESH_TOKEN_EXPIRES_IN: number;
  BCRYPT_ROUNDS: number;
  OIDC_PROVIDERS: readonly OidcProvider[];
  EMAIL_SERVICE: Config['mail']['service'];
  SMTP_URL: string;
  EMAIL_FROM: string;
  EMAIL_FROM_NAME: string;
  VAPID_PRIVATE_KEY?: Buffer;
  FRONTEND_URL: string;
  PUBLIC_URL?: string;
  CORS_ORIGINS?: readonly string[];
  SOCKET_CORS_ORIGIN?: readonly string[];
  TRUST_PROXY: Config['http']['trustProxy'];
  WEBHOOK_ALLOW_PRIVATE: boolean;
  RATE_LIMIT_WINDOW_MS: number;
  RATE_LIMIT_MAX_REQUESTS: number;
  RATE_LIMIT_USER_MAX_REQUESTS: number;
  RATE_LIMIT_AUTH_MAX_REQUESTS: number;
  REQUIRE_IF_MATCH: boolean;
  JOB_DRAIN_SECONDS: number;
  JOB_SCHEDULE: boolean;
  METRICS_TOKEN?: string;
  LOG_LEVEL: keyof Logger;
}

const parsed = (be: string, parse: (text: string) => unknown) => must(be, Joi.string().custom(parse));
const oneOf = (...values: string[]) => must(`one of ${values.join(', ')}`, Joi.valid(...values));
const integer = (least: number, most: number) =>
  must(`a whole number from ${least} to ${most}`, Joi.number().integer().min(least).max(most));

const inProduction = (then: Joi.Schema) => ['NODE_ENV', { is: 'production', then }] as const;
const required = (why: string) => Joi.required().messages({ 'any.required': `is required ${why}` });
const refused = (why: string) => Joi.forbidden().messages({ 'any.unknown': why });

const beside = (variable: string, schema: Joi.Schema, then = Joi.any()) =>
  schema.when(variable, { is: Joi.exist(), then, otherwise: refused(`needs ${variable}`) });
const besideDatabase = (schema: Joi.Schema) =>
  schema.when('DB_HOST', {
    not: Joi.exist(),
    then: Joi.when('DATABASE_URL', { not: Joi.exist(), then: refused('needs DATABASE_URL or DB_HOST') }),
  });
const insteadOf = (variable: string, schema: Joi.Schema, otherwise = Joi.any()) =>
  schema.when(variable, { is: Joi.exist(), then: refused(`contradicts ${variable}: set only one`), otherwise });

const hostName = parsed('a host name or an IP address', host);
const lifetime = parsed('a duration such as 15m, 12h, 7d or 900 (seconds)', duration);
const originList = parsed('origins such as https://app.example.com, comma separated', origins);
const requestCount = integer(0, 1_000_000_000);
const databaseName = must('made of letters, digits and _ . - only', Joi.string().pattern(/^[\w.-]+$/));
const bucketName = must(
  'the name of a bucket: 3 to 63 of a-z, 0-9, dots and hyphens',
  Joi.string().pattern(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
);
const database = parsed(
  'like postgres://user:password@host:5432/name; sslmode, if any, is disable, require or verify-full',
  postgresUrl,
);

const productionSecret = Joi.string()
  .required()
  .min(32, 'utf8')
  .custom((secret: string, helpers) => (isGuessableSecret(secret) ? helpers.error('any.invalid') : secret))
  .messages({
    'any.required': 'is required in production: at least 32 random bytes',
    'string.min': 'must have at least 32 bytes in production',
    'any.invalid': 'must be random in production: it looks like a sample',
  });

/** Every variable that Atrium reads. `.env.example` explains the same ones in the same order. */
export const variables = {
  NODE_ENV: oneOf('development', 'test', 'production').default('development'),
  PORT: integer(0, 65_535).default(3000),
  HOST: hostName.default('127.0.0.1').when(...inProduction(Joi.any().default('0.0.0.0'))),
  API_PREFIX: must('a path such as /api', Joi.string().pattern(/^(\/[\w.-]+)+$/)).default('/api'),
  API_VERSION: must('a path segment such as v1', Joi.string().pattern(/^[\w.-]+$/)).default('v1'),
  DATA_DIR: Joi.string().default('.data'),

  STORAGE: oneOf('local', 's3').default('local'),
  STORAGE_QUOTA_BYTES: integer(1, Number.MAX_SAFE_INTEGER).default(10 * 1024 ** 3),
  AWS_S3_BUCKET: bucketName.when('STORAGE', { is: 's3', then: required('for STORAGE=s3') }),
  AWS_S3_REGION: beside(
    'AWS_S3_BUCKET',
    must('a region such as eu-central-1', Joi.string().pattern(/^[a-z0-9-]+$/)).default('us-east-1'),
  ),
  AWS_S3_ENDPOINT: beside('AWS_S3_BUCKET', parsed('a URL such as https://s3.example.com', webUrl)),
  AWS_S3_ACCESS_KEY: beside('AWS_S3_BUCKET', Joi.string()),
  AWS_S3_SECRET_KEY: beside('AWS_S3_ACCESS_KEY', Joi.string(), required('beside AWS_S3_ACCESS_KEY')),
  AWS_S3_FORCE_PATH_STYLE: beside('AWS_S3_BUCKET', must('true or false', Joi.boolean())),

  DATABASE_URL: insteadOf(
    'DB_HOST',
    database,
    Joi.when(...inProduction(required('in production: a PostgreSQL of your own, here or in DB_HOST'))),
  ),
  DB_HOST: hostName,
  DB_PORT: beside('DB_HOST', integer(1, 65_535).default(5432)),
  DB_NAME: beside('DB_HOST', databaseName, required('beside DB_HOST')),
  DB_USER: beside('DB_HOST', Joi.string(), required('beside DB_HOST')),
  DB_PASSWORD: beside('DB_HOST', Joi.string()),
  DB_SSL: besideDatabase(must('true or false', Joi.boolean())),
  DB_POOL_MIN: must(
    'a whole number from 0 to DB_POOL_MAX',
    Joi.number().integer().min(0).max(Joi.ref('DB_POOL_MAX')),
  ).default(0),
  DB_POOL_MAX: integer(1, 1_000).default(10),
  MIGRATION_DATABASE_URL: besideDatabase(database),

  REDIS_URL: insteadOf('REDIS_HOST', parsed('like redis://:password@host:6379/0', serviceUrl('redis', 'rediss'))),
  REDIS_HOST: hostName,
  REDIS_PORT: beside('REDIS_HOST', integer(1, 65_535).default(6379)),
  REDIS_PASSWORD: beside('REDIS_HOST', Joi.string()),
  REDIS_DB: beside('REDIS_HOST', integer(0, 1_000_000).default(0)),

  EVENT_BROKER_URL: parsed('like amqp://user:password@host:5672/vhost', serviceUrl('amqp', 'amqps')),

  JWT_SECRET: Joi.string().when(...inProduction(productionSecret)),
  JWT_PRIVATE_KEY: parsed('an EC P-256 private key in PEM', signingKey),
  JWT_OTHER_PUBLIC_KEYS: parsed('EC P-256 public keys in PEM, one after the other', verificationKeys),
  JWT_EXPIRES_IN: lifetime.default(duration('15m')),
  REFRESH_TOKEN_EXPIRES_IN: lifetime.default(duration('7d')),
  BCRYPT_ROUNDS: integer(4, 16)
    .default(12)
    .when(...inProduction(must('a whole number from 12 to 16 in production', Joi.number().min(12)))),
  OIDC_PROVIDERS: Joi.string()
    .when('NODE_ENV', {
      is: 'production',
      then: Joi.custom(oidcProviders('https:')),
      otherwise: Joi.custom(oidcProviders('https:', 'http:')),
    })
    .default([]),

  EMAIL_SERVICE: oneOf('inbox', 'smtp')
    .default('inbox')
    .when(...inProduction(must('smtp in production', Joi.invalid('inbox').default('smtp')))),
  SMTP_URL: parsed('like smtp://user:password@host:587', serviceUrl('smtp', 'smtps'))
    .when('EMAIL_SERVICE', { is: 'smtp', then: required('for EMAIL_SERVICE=smtp') })
    .when(...inProduction(required('in production'))),
  EMAIL_FROM: must('an e-mail address', Joi.string().email({ tlds: false, minDomainSegments: 1 }))
    .default('atrium@localhost')
    .when(...inProduction(required('in production'))),
  EMAIL_FROM_NAME: must(
    'a name of up to 100 characters on one line',
    Joi.string()
      .max(100)
      .pattern(/^\P{Cc}+$/u),
  ).default('Atrium'),

  VAPID_PRIVATE_KEY: parsed('a P-256 private key in base64url, as web-push prints it', vapidKey),

  FRONTEND_URL: parsed('a URL such as https://app.example.com, without query and credentials', webUrl)
    .default('http://localhost:3000')
    .when(...inProduction(required('in production'))),
  PUBLIC_URL: parsed('a URL such as https://api.example.com, without query and credentials', webUrl).when(
    'OIDC_PROVIDERS',
    {
      is: Joi.array().min(1).required(),
      then: Joi.when(...inProduction(required('in production, for OIDC_PROVIDERS'))),
    },
  ),
  CORS_ORIGINS: originList,
  SOCKET_CORS_ORIGIN: originList,
  TRUST_PROXY: parsed('false, a number of proxies, or their addresses and CIDR ranges', trustedProxies).default(false),

  WEBHOOK_ALLOW_PRIVATE: must('true or false', Joi.boolean())
    .default(false)
    .when(...inProduction(must('false in production', Joi.invalid(true)))),

  RATE_LIMIT_WINDOW_MS: integer(1, 86_400_000).default(900_000),
  RATE_LIMIT_MAX_REQUESTS: requestCount.default(100),
  RATE_LIMIT_USER_MAX_REQUESTS: requestCount.default(3000),
  RATE_LIMIT_AUTH_MAX_REQUESTS: requestCount.default(10),

  REQUIRE_IF_MATCH: must('true or false', Joi.boolean()).default(false),

  JOB_DRAIN_SECONDS: integer(0, 3_600).default(10),
  JOB_SCHEDULE: must('true or false', Joi.boolean()).default(true),
  METRICS_TOKEN: must('at least 16 visible characters', Joi.string().pattern(/^[!-~]{16,}$/)),

  LOG_LEVEL: oneOf('error', 'warn', 'info', 'http', 'debug').default('info'),
} satisfies Record<keyof Settings, Joi.Schema>;

export const environmentSchema = Joi.object<Settings>(variables);
