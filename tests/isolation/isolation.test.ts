import { modules } from '../../src/modules';
import type { SeenAnswer } from '../support/ApiClient';
import { DescribedAnswers } from '../support/DescribedAnswers';
import { TestPlatform } from '../support/testPlatform';
import { leakyModule } from './leakyModule';
import { proveIsolation, type Report } from './proveIsolation';

/** `ROUTES=/posts` proves those below a path alone, which is over in seconds. */
const { ROUTES = '/' } = process.env;

function matrix({ routes, attacks }: Report, seconds: number): string {
  const total = [...attacks.values()].reduce((sum, count) => sum + count, 0);
  const rows = [...attacks].map(([caller, count]) => `${caller.padEnd(20)}${String(count).padStart(6)}`);
  return `${rows.join('\n')}\n${routes} routes, ${total} attacks, ${seconds.toFixed(0)} seconds\n`;
}

describe('Every route of every module', () => {
  let platform: TestPlatform;
  const seen: SeenAnswer[] = [];

  beforeAll(async () => {
    platform = await TestPlatform.start({ onAnswer: (answer) => seen.push(answer) });
  });

  afterAll(() => platform.stop());

  it('1, 2, 3: keeps each workspace to its members', async () => {
    const startedAt = Date.now();
    const report = await proveIsolation(
      platform,
      platform.platform.routes.filter(({ path }) => path.startsWith(ROUTES)),
    );
    process.stdout.write(matrix(report, (Date.now() - startedAt) / 1000));
    expect(report.failures).toEqual([]);
    expect([...report.attacks.values()].every((count) => count > 0)).toBe(true);
  });

  it('has answered all that as its OpenAPI document says', async () => {
    const described = await DescribedAnswers.of(platform.address);
    expect(seen.length).toBeGreaterThan(0);
    expect([...new Set(seen.flatMap((answer) => described.differences(answer)))]).toEqual([]);
  });
});

describe('A leak', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start({ modules: [...modules, leakyModule] });
  });

  afterAll(() => platform.stop());

  it('is found and named, whichever way it leaks', async () => {
    const leaky = platform.platform.routes.filter(({ path }) => /^\/(leaks|secrets|walls)\//.test(path));
    const { failures } = await proveIsolation(platform, leaky);
    const all = failures.join('\n');
    expect(all).toMatch(/^get \/leaks\/:id: owner elsewhere, the victim’s params.id: answered 200/m);
    expect(all).toMatch(/^get \/leaks\/:id: owner elsewhere, the victim’s params.id: tells of the victim/m);
    expect(all).toMatch(/^put \/leaks\/:id: changed public\.users/m);
    expect(all).toMatch(/^get \/secrets\/:id: can not be tried, no secret for id/m);
    expect(all).toMatch(/^get \/walls\/:id: Owner \w+ may, but is answered 404/m);
    expect(all).not.toMatch(/^put \/leaks\/:id: owner elsewhere, the victim’s params.id: answered/m);
  });
});
