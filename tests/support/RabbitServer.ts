import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Channel, type GetMessage } from 'amqplib';
import { describeWith } from './describeWith';
import { eventually } from './eventually';
import { findProgram } from './findProgram';
import { freePort } from './freePort';

// What Debian has on the PATH insists on a user of its own; the programs behind it run as anybody.
const [PROGRAM, CONTROL] = ['rabbitmq-server', 'rabbitmqctl'].map((name) => findProgram(name, '/usr/lib/rabbitmq/bin'));

/** Erlang starts slowly, on a busy machine very slowly. */
const PATIENCE = { within: 90_000 };

export const BROKER_PASSWORD = 'canary-of-the-broker-4d1f';

/** `describe` for what needs a RabbitMQ of its own. */
export function describeWithRabbitServer(name: string, suite: () => void): void {
  describeWith('rabbitmq-server', PROGRAM !== undefined, name, suite);
}

/** A `rabbitmq-server` of this test alone, with its Erlang port mapper, on free ports and in a folder of its own. */
export class RabbitServer {
  private processes: ChildProcess[] = [];

  private constructor(
    private readonly port: number,
    private readonly mapperPort: number,
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** Where one will be, once it is started. */
  static async prepare(): Promise<RabbitServer> {
    const [port, distributionPort, mapperPort] = [await freePort(), await freePort(), await freePort()];
    const folder = await mkdtemp(join(tmpdir(), 'atrium-rabbit-'));
    const inFolder = (name: string) => join(folder, name);
    await writeFile(inFolder('rabbitmq.conf'), `default_user = atrium\ndefault_pass = ${BROKER_PASSWORD}\n`);
    return new RabbitServer(port, mapperPort, folder, {
      PATH: process.env.PATH,
      // Where Erlang keeps its cookie.
      HOME: folder,
      ERL_EPMD_ADDRESS: '127.0.0.1',
      ERL_EPMD_PORT: String(mapperPort),
      RABBITMQ_NODENAME: `atrium-${port}@localhost`,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: String(port),
      RABBITMQ_DIST_PORT: String(distributionPort),
      RABBITMQ_MNESIA_BASE: inFolder('mnesia'),
      RABBITMQ_LOG_BASE: inFolder('log'),
      RABBITMQ_CONF_ENV_FILE: inFolder('none'),
      RABBITMQ_CONFIG_FILE: inFolder('rabbitmq.conf'),
      RABBITMQ_ENABLED_PLUGINS_FILE: inFolder('plugins'),
    });
  }

  static async start(): Promise<RabbitServer> {
    const server = await RabbitServer.prepare();
    await server.start();
    return server;
  }

  get url(): string {
    return `amqp://atrium:${BROKER_PASSWORD}@127.0.0.1:${this.port}`;
  }

  /** Starts it, or starts it again with all that it has on disk. */
  async start(): Promise<void> {
    // Erlang would start one that outlives it.
    this.spawn('epmd', '-port', String(this.mapperPort), '-address', '127.0.0.1');
    this.spawn(PROGRAM ?? '');
    await eventually(async () => (await connect(this.url)).close(), PATIENCE);
  }

  /** Kills it as a crash would. */
  async kill(): Promise<void> {
    const running = this.processes.splice(0).filter(({ exitCode, signalCode }) => exitCode === null && !signalCode);
    const exits = running.map((child) => once(child, 'exit'));
    signal(running, 'SIGKILL');
    await Promise.all(exits);
  }

  /** Freezes it: connections stay open, and nothing answers. */
  pause(): void {
    signal(this.processes, 'SIGSTOP');
  }

  resume(): void {
    signal(this.processes, 'SIGCONT');
  }

  /** Lets it have this part of the machine's memory; with none, it stops taking messages. */
  async limitMemory(part: number): Promise<void> {
    const control = spawn(CONTROL ?? '', ['set_vm_memory_high_watermark', String(part)], this.options());
    const [code] = await once(control, 'exit');
    if (code !== 0) throw new Error(`rabbitmqctl ended with ${code}.`);
  }

  /** A durable queue of whoever wants to hear of what matches one of these patterns. */
  async bind(queue: string, ...patterns: readonly string[]): Promise<void> {
    await this.use(async (channel) => {
      await channel.assertExchange('atrium.events', 'topic', { durable: true });
      await channel.assertQueue(queue, { durable: true });
      for (const pattern of patterns) await channel.bindQueue(queue, 'atrium.events', pattern);
    });
  }

  /** Takes everything out of a queue, oldest first. */
  drain(queue: string): Promise<GetMessage[]> {
    return this.use(async (channel) => {
      const messages: GetMessage[] = [];
      for (;;) {
        const message = await channel.get(queue, { noAck: true });
        if (!message) return messages;
        messages.push(message);
      }
    });
  }

  /** Lends a channel on a connection of its own. */
  async use<Result>(work: (channel: Channel) => Promise<Result>): Promise<Result> {
    const connection = await connect(this.url);
    try {
      return await work(await connection.createChannel());
    } finally {
      await connection.close();
    }
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }

  private spawn(program: string, ...parameters: string[]): void {
    this.processes.push(spawn(program, parameters, this.options()));
  }

  private options(): SpawnOptions {
    return { env: this.environment, cwd: this.folder, detached: true, stdio: 'ignore' };
  }
}

/** With all that they started: each leads a group of its own. */
function signal(leaders: readonly ChildProcess[], name: NodeJS.Signals): void {
  for (const { pid } of leaders) if (pid) process.kill(-pid, name);
}
