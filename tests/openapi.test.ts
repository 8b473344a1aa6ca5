import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolder } from './support/dataFolder';
import { lintDescription } from './support/lintDescription';
import { TestPlatform } from './support/testPlatform';

describe('The OpenAPI document of the running platform', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  afterAll(() => platform.stop());

  it('has nothing that a linter finds wrong', async () => {
    const folder = await dataFolder();
    const file = join(folder.path, 'openapi.json');
    await writeFile(file, await (await fetch(`${platform.address}/openapi.json`)).text());
    const found = await lintDescription(file);
    await folder.remove();
    expect(found).toEqual([]);
  });
});
