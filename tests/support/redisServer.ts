import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import type { Redis } from 'ioredis';
import { describeWith } from './describeWith';
import { eventually } from './eventually';
import { findProgram } from './findProgram';
import { freePort } from './freePort';

/** Whether `redis-server` is installed, so that a test may start, stop and freeze one. */
export function redisInstalled(): boolean {
  return findProgram('redis-server') !== undefined;
}

/** Whether there is a Redis to talk to: an installed one, or the one at `REDIS_URL`. */
export function redisAvailable(): boolean {
  return redisInstalled() || Boolean(process.env.REDIS_URL);
}

/** `describe` for what needs any Redis; says so where there is none. */
export function describeWithRedis(name: string, suite: () => void): void {
  describeWith('redis-server', redisAvailable(), name, suite);
}

/** `describe` for what takes Redis down, and so needs one of its own. */
export function describeWithRedisServer(name: string, suite: () => void): void {
  describeWith('redis-server', redisInstalled(), name, suite);
}

/** Whether commands get through to Redis, as far as it is known without asking. */
export function redisIsUp({ status }: Redis): boolean {
  return status === 'ready';
}

/** A `redis-server` of this test alone, on a port of its own, which keeps nothing on disk. */
export class RedisServer {
  private process: ChildProcess | undefined;

  private constructor(private readonly port: number) {}

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it again, empty, at the same address. */
  async start(): Promise<void> {
    const options = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()];
    this.process = spawn('redis-server', ['--port', String(this.port), ...options], { stdio: 'ignore' });
    await once(this.process, 'spawn');
    await eventually(() => ping(this.port));
  }

  /** Kills it as a crash would. */
  async stop(): Promise<void> {
    const { process: server } = this;
    this.process = undefined;
    if (!server) return;
    const exit = once(server, 'exit');
    server.kill('SIGKILL');
    await exit;
  }

  /** Freezes it: connections stay open, and nothing answers. */
  pause(): void {
    this.process?.kill('SIGSTOP');
  }

  resume(): void {
    this.process?.kill('SIGCONT');
  }
}

/** The Redis of a suite that leaves it running: its own one, or the one at `REDIS_URL`. */
export async function startRedis(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  if (redisInstalled()) return RedisServer.start();
  return { url: process.env.REDIS_URL ?? '', stop: async () => {} };
}

async function ping(port: number): Promise<void> {
  const socket = createConnection(port, '127.0.0.1');
  try {
    socket.write('PING\r\n');
    const [answer] = await once(socket, 'data');
    if (!String(answer).startsWith('+PONG')) throw new Error(`Redis is not ready: ${String(answer)}`);
  } finally {
    socket.destroy();
  }
}
