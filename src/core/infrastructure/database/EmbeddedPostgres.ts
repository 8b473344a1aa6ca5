import { createHmac } from 'node:crypto';
import type { Client } from 'pg';
import { binariesPackage, prepareBinaries } from './embeddedPostgresBinaries';
import {
  initializeCluster,
  locateCluster,
  maintenanceClient,
  readPassword,
  SUPERUSER,
} from './embeddedPostgresCluster';
import { startServer, type EmbeddedPostgresServer } from './embeddedPostgresServer';

export interface EmbeddedPostgresOptions {
  /** Holds the database in its member `postgres`; made if there is none. */
  readonly dataDir: string;
  /** Further settings of PostgreSQL, e.g. `{ fsync: 'off' }` for tests; its own, durable defaults without. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * PostgreSQL takes its disks for spinning ones: on the flash of today a page costs much the same wherever it lies, and
 * a small table is read through its index, too.
 */
const FLASH = { random_page_cost: '1.1' };

const DATABASE = 'atrium';
const OWNER = 'atrium_owner';
const APPLICATION = 'atrium';

const ATTRIBUTES = {
  [OWNER]: 'LOGIN CREATEROLE NOCREATEDB NOSUPERUSER NOREPLICATION NOBYPASSRLS',
  [APPLICATION]: 'LOGIN NOCREATEROLE NOCREATEDB NOSUPERUSER NOREPLICATION NOBYPASSRLS',
};

/** The one password that is kept yields those of the roles, none of which tells another. */
function passwordOf(role: string, secret: string): string {
  return role === SUPERUSER ? secret : createHmac('sha256', secret).update(role).digest('base64url');
}

/** Makes whatever is missing, on every start: an earlier one may have been killed at any point. */
async function createRolesAndDatabase(client: Client, secret: string): Promise<void> {
  for (const [role, attributes] of Object.entries(ATTRIBUTES)) {
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
    const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
    await client.query(`${verb} ROLE ${role} ${attributes} PASSWORD '${passwordOf(role, secret)}'`);
  }
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`);
  await client.query(`
    REVOKE ALL ON DATABASE ${DATABASE}, postgres, template1 FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${DATABASE} TO ${APPLICATION};
  `);
}

/**
 * A real PostgreSQL that belongs to this process and its data directory, for development and tests: it
 * listens on the loopback address only, ends when this process does, by whatever means, and keeps its data.
 */
export class EmbeddedPostgres {
  /** The superuser, for tests. */
  readonly adminUrl: string;

  /** The role that owns the database and migrates it; not a superuser. */
  readonly ownerUrl: string;

  /** The role that serves requests: it may connect, and owns nothing. */
  readonly applicationUrl: string;

  /** Resolves when the server has ended: with undefined after `stop`, with an Error if it died. */
  readonly exited: Promise<Error | undefined>;

  private constructor(
    private readonly server: EmbeddedPostgresServer,
    secret: string,
  ) {
    const url = (role: string): string =>
      `postgres://${role}:${passwordOf(role, secret)}@127.0.0.1:${server.port}/${DATABASE}`;
    this.adminUrl = url(SUPERUSER);
    this.ownerUrl = url(OWNER);
    this.applicationUrl = url(APPLICATION);
    this.exited = server.exited;
  }

  /**
   * Starts the server, which is initialized the first time; it accepts connections when this resolves.
   * @throws Error, a plain sentence, when another Atrium runs there or this system can't run PostgreSQL.
   */
  static async start({ dataDir, settings = {} }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const installed = binariesPackage();
    const cluster = await locateCluster(dataDir);
    const binaries = await prepareBinaries(cluster.user, installed);
    await initializeCluster(cluster, binaries, settings.fsync !== 'off');
    const server = await startServer(cluster, dataDir, binaries, { ...FLASH, ...settings });
    try {
      const secret = await readPassword(cluster);
      const client = maintenanceClient(server.port, secret);
      try {
        await client.connect();
        await createRolesAndDatabase(client, secret);
      } finally {
        await client.end();
      }
      return new EmbeddedPostgres(server, secret);
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Shuts down whoever is connected, and resolves when the server has ended. Harmless when repeated. */
  stop(): Promise<void> {
    return this.server.stop();
  }
}
