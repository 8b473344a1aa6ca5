import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '..');
const FIXTURE = 'tests/fixtures/boundaries';

interface Cruise {
  readonly modules: readonly { source: string }[];
  readonly summary: {
    readonly violations: readonly { from: string; rule: { name: string } }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { name: string }[] };
  };
}

describe('the boundaries between modules and layers', () => {
  let house: Cruise;
  let fixture: Cruise;

  beforeAll(async () => {
    house = await cruise('.dependency-cruiser.cjs', 'src');
    fixture = await cruise(`${FIXTURE}/.dependency-cruiser.cjs`, `${FIXTURE}/src`);
  });

  it('hold in src, of which the cruise sees every file', () => {
    const seen = house.modules.map(({ source }) => source);
    expect(seen).toEqual(expect.arrayContaining(sourcesIn('src')));
    expect(seen.length).toBeGreaterThan(0);
    expect(house.summary.violations).toEqual([]);
  });

  it('have a fixture for every rule', () => {
    const broken = new Set(fixture.summary.violations.map(({ rule }) => rule.name));
    const rules = new Set([...ruleNames(house).filter((name) => !isFromTheList(name)), ...ruleNames(fixture)]);
    expect([...rules].filter((name) => !broken.has(name))).toEqual([]);
    expect(rules.size).toBeGreaterThan(0);
  });

  it('are broken by the fixture where it says so, and nowhere else', () => {
    const reported = fixture.summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`);
    expect(reported.sort()).toEqual(announcedViolations().sort());
  });

  it('are refused whole while the list misses a module', async () => {
    await expect(cruise(`${FIXTURE}/unlisted.cjs`, `${FIXTURE}/src`)).rejects.toThrow(
      `mayUse does not say what ${FIXTURE}/src/modules/beta may use.`,
    );
  });

  it('are refused whole when modules use each other in a circle', async () => {
    await expect(cruise(`${FIXTURE}/cyclic.cjs`, `${FIXTURE}/src`)).rejects.toThrow(
      'mayUse: alpha uses beta, which must be listed above it.',
    );
  });
});

async function cruise(config: string, folder: string): Promise<Cruise> {
  const command = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [command, '--config', config, '--output-type', 'json', folder],
    { cwd: ROOT, maxBuffer: 2 ** 28 },
  );
  return JSON.parse(stdout) as Cruise;
}

function ruleNames({ summary }: Cruise): string[] {
  return summary.ruleSetUsed.forbidden.map(({ name }) => name);
}

/** Rules made from mayUse name the modules of their house; the fixture has its own. */
function isFromTheList(name: string): boolean {
  return /-uses-(only|no)-/.test(name);
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);
}

/** One `path: rule` for each comment `// violates <rule>` in the fixture. */
function announcedViolations(): string[] {
  return sourcesIn(`${FIXTURE}/src`).flatMap((path) =>
    [...readFileSync(join(ROOT, path), 'utf8').matchAll(/\/\/ violates (\S+)/g)].map(
      ([, rule]) => `${path}: ${rule ?? ''}`,
    ),
  );
}
