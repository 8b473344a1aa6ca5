import { join } from 'node:path';
import { filesIn } from '../scripts/generator/filesIn';
import { namingOf } from '../scripts/generator/namingOf';
import { planModule } from '../scripts/generator/planModule';
import { registeredNames } from '../scripts/generator/registeredNames';
import { TestPlatform } from './support/testPlatform';

const ROOT = join(__dirname, '..');

/** What an entity would be called for its table to have this name, as far as one can tell from the end of the word. */
function entitiesOf(table: string): string[] {
  const singulars = [/s$/, /es$/].filter((end) => end.test(table)).map((end) => table.replace(end, ''));
  return [...singulars, table.replace(/ies$/, 'y')]
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .filter((entity) => namingOf('post', entity).table === table);
}

describe('The generator of modules', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  afterAll(() => platform.stop());

  it('knows every name that is registered with the platform', async () => {
    const { names } = platform.platform.container;
    expect(names.length).toBeGreaterThan(100);
    const known = registeredNames(await filesIn(ROOT, 'src'));
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('refuses what PostgreSQL takes for no table', async () => {
    const reserved = await platform.query<{ word: string }>(
      `SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T') AND word LIKE '%s'`,
    );
    const entities = reserved.flatMap(({ word }) => entitiesOf(word));
    expect(entities).toContain('Reference');
    for (const entity of entities) {
      await expect(planModule(ROOT, 'post', entity)).rejects.toThrow(/is a word of SQL|is named in PascalCase/);
    }
  });
});
