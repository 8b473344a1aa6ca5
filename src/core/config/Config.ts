import type { Logger } from '../application/Logger';

/** An OpenID Connect provider that people may sign in at. */
export interface OidcProvider {
  /** What it is called in paths: `/auth/oidc/:provider`. */
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  /** A public client has none. */
  readonly clientSecret?: string;
  /** Separated by blanks; `openid` is among them. */
  readonly scopes: string;
}

/** A bucket, and how it is reached. */
export interface S3Bucket {
  readonly bucket: string;
  readonly region: string;
  /** Of a server other than Amazon's. */
  readonly endpoint?: string;
  /** Without them the SDK's own chain looks for some: environment, shared files, the machine's role. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Whether the bucket stands in the path and not in the host name, as most servers other than Amazon's want it. */
  readonly forcePathStyle: boolean;
}

/** The settings of one process, checked, with every default filled in, and frozen to the bottom. */
export interface Config {
  readonly env: 'development' | 'test' | 'production';

  readonly http: {
    readonly host: string;
    /** 0 takes any free port. */
    readonly port: number;
    /** What every route of the API stands under, e.g. `/api/v1`. */
    readonly apiBase: string;
    /** How many proxies, or the addresses and CIDR ranges of those, whose `X-Forwarded-*` headers are believed. */
    readonly trustProxy: false | number | readonly string[];
    readonly corsOrigins: readonly string[];
    readonly socketCorsOrigins: readonly string[];
  };

  /** Absolute. */
  readonly dataDir: string;

  /** Where files lie: below the data directory, or in a bucket of an S3. */
  readonly storage: { readonly kind: 'local' } | ({ readonly kind: 's3' } & S3Bucket);
  /** Bytes that the files of one workspace may take together, unless it has set less for itself. */
  readonly storageQuota: number;

  readonly database: {
    /** Connections of this process. */
    readonly pool: { readonly min: number; readonly max: number };
  } & (
    | { readonly kind: 'embedded' }
    | {
        readonly kind: 'url';
        /** PostgreSQL URL of the role that serves requests. */
        readonly application: string;
        /** PostgreSQL URL of the owner role, which migrates. */
        readonly migration: string;
        /** Whether both log in as the same role. */
        readonly shared: boolean;
        /** Whether the server must speak TLS with a certificate that verifies; the URLs say nothing about it. */
        readonly ssl: boolean;
      }
  );

  /** Null: cache, rate limits and sockets stay in this process. */
  readonly redis: { readonly url: string } | null;

  /** The message broker that hears of every public event; null: none does. */
  readonly eventBroker: { readonly url: string } | null;

  readonly jwt: {
    /** The UTF-8 bytes of the setting. */
    readonly secret: Buffer;
    /** PEM of the EC P-256 key that signs access tokens with ES256; null: HS256 by the secret. */
    readonly privateKey: string | null;
    /** PEM of further public keys whose tokens are accepted, during a rotation. */
    readonly otherPublicKeys: readonly string[];
    readonly expiresInSeconds: number;
  };
  readonly refreshToken: { readonly expiresInSeconds: number };
  readonly bcryptRounds: number;
  readonly oidcProviders: readonly OidcProvider[];

  readonly mail: {
    readonly from: { readonly address: string; readonly name: string };
  } & ({ readonly service: 'inbox' } | { readonly service: 'smtp'; readonly smtpUrl: string });

  /** The base of every link in a mail, without a slash at its end. */
  readonly frontendUrl: string;

  /** Messages to browsers that are closed (RFC 8030). */
  readonly webPush: {
    /** Off in production as long as it has no key. */
    readonly enabled: boolean;
    /** The P-256 private key that identifies this platform to push services (RFC 8292), 32 bytes; null: derived. */
    readonly privateKey: Buffer | null;
  };

  /** Where the world outside reaches this platform, without a slash at its end; a provider sends people back there. */
  readonly publicUrl: string;

  readonly webhook: {
    /** Whether webhooks may reach loopback and private addresses: for development and tests. */
    readonly allowPrivate: boolean;
  };

  /** Requests per window; 0 switches that limit off. */
  readonly rateLimits: {
    readonly windowMs: number;
    readonly anonymousMax: number;
    readonly userMax: number;
    readonly authMax: number;
  };

  /** Whether routes that say so refuse a change without If-Match. */
  readonly requireIfMatch: boolean;

  /** How long jobs that run have to finish when the platform stops, before they are given back, in milliseconds. */
  readonly jobDrainMs: number;

  /** Whether this node adds the jobs that are due at certain times. It does jobs either way. */
  readonly jobSchedule: boolean;

  /** What a scraper of `/metrics` has to send as a bearer token; null: nothing. */
  readonly metricsToken: string | null;

  readonly log: { readonly level: keyof Logger };
}
