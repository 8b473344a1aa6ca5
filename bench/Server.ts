import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../tests/support/freePort';

const PATIENCE_MS = 30_000;
/** How long it is given to collect its garbage, in milliseconds. */
const COLLECTION_MS = 500;
/** How /proc counts processor time: in ticks, of which a second has 100 on every Linux that Node.js runs on. */
const MICROSECONDS_PER_TICK = 10_000;

/** A server under test, in a process of its own. */
export class Server {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  /** Starts it, and resolves once it answers; the environment is what it is given, a PORT, and options for Node.js. */
  static async start([program = '', ...args]: readonly string[], environment: NodeJS.ProcessEnv): Promise<Server> {
    const port = await freePort();
    const { PATH, NODE_OPTIONS } = process.env;
    const env = { PATH, NODE_OPTIONS, ...environment, PORT: String(port) };
    const server = new Server(spawn(program, args, { env, stdio: ['ignore', 'ignore', 'inherit'] }), port);
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await server.answers())) {
      if (server.child.exitCode !== null || Date.now() > deadline) {
        await server.stop();
        throw new Error(`It does not start: ${args.join(' ')}`);
      }
      await pause(50);
    }
    return server;
  }

  /** Resident memory in MiB; NaN where there is no /proc. */
  memory(): number {
    const [, kibibytes] = /VmRSS:\s+(\d+)/.exec(this.proc('status')) ?? [];
    return Number(kibibytes) / 1024;
  }

  /** Microseconds of processor time that it has used, in its own code and in the kernel; NaN where there is no /proc. */
  processorTime(): number {
    // What follows the name in parentheses; the fields are counted from the third (man proc_pid_stat).
    const fields = this.proc('stat').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * MICROSECONDS_PER_TICK;
  }

  /** Lets it drop what it no longer needs, if it was started with events/collectOnSignal.cjs. */
  async collectGarbage(): Promise<void> {
    // What the first collection finalizes the second one frees.
    for (let turn = 0; turn < 2; turn += 1) {
      this.child.kill('SIGUSR2');
      await pause(COLLECTION_MS);
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
  }

  /** The limit has no such route, and says so. */
  private async answers(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => undefined);
    return answer !== undefined && answer.status !== 503;
  }

  private proc(file: string): string {
    try {
      return readFileSync(`/proc/${this.child.pid}/${file}`, 'utf8');
    } catch {
      return '';
    }
  }
}
