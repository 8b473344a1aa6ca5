import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from './embeddedPostgresCluster';
import { awaitRelease, readLock } from './embeddedPostgresLock';
import { asServer } from './embeddedPostgresUser';

export interface EmbeddedPostgresServer {
  readonly port: number;
  /** Resolves when it has ended: with an Error unless `stop` was called. */
  readonly exited: Promise<Error | undefined>;
  stop(): Promise<void>;
}

/**
 * Runs its arguments and ends them with SIGINT (a fast shutdown) when standard input closes, as it does
 * however this process ends, SIGKILL included. The signal is repeated since a server that just starts misses
 * it. The shell ignores what terminals and service managers send to all: it must not end before the server.
 */
const SUPERVISOR = `
  trap '' HUP INT TERM
  exec 3<&0
  "$@" </dev/null 3<&- &
  server=$!
  (read -r _ <&3; while kill -INT $server; do sleep 1; done) 2>/dev/null &
  wait $server
  code=$?
  kill -KILL $!
  wait $!
  exit $code
`;

/** Obstacles that may pass: a simultaneous start, the remains of a crash, a port that is taken. */
const PASSING = /postmaster\.pid|shared memory block|TCP\/IP sockets/;
const ATTEMPTS = 20;
const PAUSE_MS = 250;

async function openLog({ home, user }: Cluster): Promise<FileHandle> {
  const log = await open(join(home, 'log'), 'a+', 0o600);
  if (user.uid !== undefined && user.gid !== undefined) await log.chown(user.uid, user.gid);
  return log;
}

/** Why the server gave up, in its own words. */
async function lastWords(log: FileHandle, from: number): Promise<string> {
  const { size } = await log.stat();
  const { buffer, bytesRead } = await log.read({ buffer: Buffer.alloc(size - from), position: from });
  const text = buffer.toString('utf8', 0, bytesRead).trim();
  const reasons = [...text.matchAll(/(?:FATAL|DETAIL|HINT): +(.*)/g)].map(([, words]) => words);
  return reasons.join(' ') || text || 'it said nothing';
}

async function launch(
  cluster: Cluster,
  binaries: string,
  settings: Readonly<Record<string, string>>,
): Promise<EmbeddedPostgresServer> {
  const log = await openLog(cluster);
  try {
    const { size } = await log.stat();
    // Below the range of outgoing connections. If it is taken, the next attempt draws another.
    const port = randomInt(20_000, 32_768);
    const fixed = { listen_addresses: '127.0.0.1', port: `${port}`, unix_socket_directories: '' };
    const flags = Object.entries({ ...settings, ...fixed }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const command = [join(binaries, 'postgres'), '-D', join(cluster.home, 'data'), ...flags];
    const child = spawn('/bin/sh', ['-c', SUPERVISOR, 'sh', ...command], {
      ...asServer(cluster.user),
      detached: true,
      stdio: ['pipe', log.fd, log.fd],
    });
    let stopping = false;
    const exited = new Promise<Error | undefined>((resolve) => {
      child.once('exit', (code, signal) => {
        child.stdin?.destroy();
        const error = new Error(`PostgreSQL has ended (${signal ?? code}); ${join(cluster.home, 'log')} tells why.`);
        resolve(stopping ? undefined : error);
      });
    });
    await once(child, 'spawn');

    let lock = await readLock(cluster);
    while (!(lock?.port === port && lock.ready)) {
      if (await Promise.race([exited, delay(20)])) throw new Error(await lastWords(log, size));
      lock = await readLock(cluster);
    }
    return {
      port,
      exited,
      stop: async () => {
        stopping = true;
        child.stdin?.destroy();
        await exited;
      },
    };
  } finally {
    await log.close();
  }
}

/**
 * Starts `postgres` on an initialized cluster; it accepts connections when this resolves.
 * @throws Error, a plain sentence, when another Atrium runs there or when PostgreSQL gives up.
 */
export async function startServer(
  cluster: Cluster,
  dataDir: string,
  binaries: string,
  settings: Readonly<Record<string, string>>,
): Promise<EmbeddedPostgresServer> {
  for (let attempt = 1; ; attempt += 1) {
    await awaitRelease(cluster, dataDir);
    try {
      return await launch(cluster, binaries, settings);
    } catch (error) {
      const { message } = error as Error;
      if (attempt === ATTEMPTS || !PASSING.test(message)) {
        throw new Error(`PostgreSQL did not start on ${dataDir}: ${message}`, { cause: error });
      }
      await delay(PAUSE_MS);
    }
  }
}
