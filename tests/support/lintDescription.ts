import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '../..');

interface Report {
  readonly problems: readonly {
    readonly severity: string;
    readonly ruleId: string;
    readonly message: string;
    readonly location: readonly { readonly pointer?: string }[];
  }[];
}

/** What redocly finds wrong with an OpenAPI or AsyncAPI document in a file, a line for each. */
export async function lintDescription(file: string): Promise<string[]> {
  const redocly = join(ROOT, 'node_modules/@redocly/cli/bin/cli.js');
  const options = ['lint', file, '--config', join(ROOT, 'redocly.yaml'), '--format', 'json'];
  const environment = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const lint = promisify(execFile)(process.execPath, [redocly, ...options], { cwd: ROOT, env: environment });
  // It exits with 1 for what it finds, which is then in what it wrote.
  const { stdout } = await lint.catch((error: unknown) => error as { stdout: string });
  const { problems } = JSON.parse(stdout) as Report;
  return problems.map(
    ({ severity, ruleId, message, location }) => `${severity} ${ruleId}: ${message} ${location[0]?.pointer ?? ''}`,
  );
}
