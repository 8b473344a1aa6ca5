import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { variables } from '../../src/core/config/environmentSchema';
import { ApiClient } from './ApiClient';
import { eventually } from './eventually';
import { mailedToken, mailsTo, type InboxMail } from './inbox';

const ROOT = join(__dirname, '../..');

/** An empty variable counts as unset, and as given: so nothing of a developer's `.env` gets in. */
const NOTHING = Object.fromEntries(Object.keys(variables).map((name) => [name, '']));

const FOR_TESTS = {
  PORT: '0',
  BCRYPT_ROUNDS: '4',
  RATE_LIMIT_MAX_REQUESTS: '0',
  RATE_LIMIT_USER_MAX_REQUESTS: '0',
  RATE_LIMIT_AUTH_MAX_REQUESTS: '0',
};

/** Atrium as people start it: `node --import tsx src/server.ts`, in a process of its own. */
export class ServerProcess {
  private readonly child: ChildProcess;

  private readonly exit: Promise<unknown[]>;

  /** Everything it wrote so far, on stdout and on stderr. */
  output = '';

  private constructor(environment: NodeJS.ProcessEnv) {
    const env = { PATH: process.env.PATH, ...NOTHING, ...environment };
    this.child = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], { cwd: ROOT, env });
    this.exit = once(this.child, 'exit');
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
  }

  /** Starts one with exactly these settings, whatever becomes of it. */
  static launch(environment: NodeJS.ProcessEnv): ServerProcess {
    return new ServerProcess(environment);
  }

  /** Starts one that tests can use, with these settings on top, and waits until it serves. */
  static async start(environment: NodeJS.ProcessEnv): Promise<ServerProcess> {
    const server = new ServerProcess({ ...FOR_TESTS, ...environment });
    await eventually(() => {
      if (server.child.exitCode !== null) throw new Error(`It ended: ${server.output}`);
      return server.address;
    });
    return server;
  }

  /** Where it listens. @throws Error while it does not. */
  get address(): string {
    const [, address] = /Atrium listens on (\S+)/.exec(this.output) ?? [];
    if (!address) throw new Error(`It does not listen: ${this.output}`);
    return address;
  }

  get api(): ApiClient {
    return new ApiClient(`${this.address}/api/v1`);
  }

  /** The mails to an address so far, newest first. */
  mailsTo(address: string): Promise<InboxMail[]> {
    return mailsTo(this.address, address);
  }

  /** The token in the newest mail to an address with this word in its subject, once it has arrived. */
  mailedToken(address: string, subject: RegExp): Promise<string> {
    return mailedToken(this.address, address, subject);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Its exit code, once it has ended; null when a signal ended it. */
  async ended(): Promise<unknown> {
    const [code] = await this.exit;
    return code;
  }

  /** Ends it like a crash, if it still runs. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.exit;
  }
}
