import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dataFolder } from './support/dataFolder';
import { TestPlatform } from './support/testPlatform';

const ROOT = join(__dirname, '..');
const LINT_TIME_MS = 60_000;

interface Report {
  readonly totals: { readonly errors: number; readonly warnings: number };
  readonly problems: readonly { ruleId: string; message: string; severity: string; location: { pointer?: string }[] }[];
}

describe('The OpenAPI document of the running platform', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  afterAll(() => platform.stop());

  it(
    'has nothing that a linter finds wrong',
    async () => {
      const folder = await dataFolder();
      const file = join(folder.path, 'openapi.json');
      await writeFile(file, await (await fetch(`${platform.address}/openapi.json`)).text());
      const redocly = join(ROOT, 'node_modules/@redocly/cli/bin/cli.js');
      const options = ['lint', file, '--config', join(ROOT, 'redocly.yaml'), '--format', 'json'];
      const environment = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
      const lint = promisify(execFile)(process.execPath, [redocly, ...options], { cwd: ROOT, env: environment });
      // It exits with 1 for what it finds, which is then in what it wrote.
      const { stdout } = await lint.catch((error: unknown) => error as { stdout: string });
      await folder.remove();
      const { problems, totals } = JSON.parse(stdout) as Report;
      const found = problems.map(
        ({ severity, ruleId, message, location }) => `${severity} ${ruleId}: ${message} ${location[0]?.pointer ?? ''}`,
      );
      expect(found).toEqual([]);
      expect(totals).toMatchObject({ errors: 0, warnings: 0 });
    },
    LINT_TIME_MS,
  );
});
