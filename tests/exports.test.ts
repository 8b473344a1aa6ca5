import { asIs, exported, idOf, neverLeaves, notExported } from '../src/core/application/TableExport';
import { allExports } from '../src/core/bootstrap/module';
import { modules } from '../src/modules';
import { exportGaps } from './support/exportGaps';
import { noteModule } from './support/noteModule';
import { TestPlatform } from './support/testPlatform';

describe('The archive of a workspace', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  afterAll(() => platform.stop());

  it('holds every column of every tenant table, or somebody has said why not', async () => {
    expect(await exportGaps(platform, allExports(modules))).toEqual([]);
  });

  describe('and the check notices', () => {
    it('a tenant table that no module contributed, by its name', async () => {
      const withNotes = [...modules, noteModule()];
      const other = await TestPlatform.start({ modules: withNotes });
      try {
        expect(await exportGaps(other, allExports(withNotes))).toEqual(['notes: no module says how it is exported']);
        const contributed = noteModule({ exports: [exported('notes', ['text'], { text: asIs })] });
        expect(await exportGaps(other, allExports([...modules, contributed]))).toEqual([]);
      } finally {
        await other.stop();
      }
    });

    it.each([
      ['a column that nobody thought of', { name: asIs }, ['gap: what of secret?']],
      [
        'a column that is not there',
        { name: asIs, secret: neverLeaves(), more: asIs },
        ['gap: there is no column more'],
      ],
      [
        'a reference to what comes later',
        { name: idOf('what_comes_later'), secret: neverLeaves() },
        ['gap: refers to what_comes_later, which is not declared before it'],
      ],
    ])('%s', async (_what, columns, gaps) => {
      await platform.query('CREATE TABLE gap (workspace_id uuid, name text, secret text)');
      try {
        const declared = [...allExports(modules), exported('gap', ['name'], columns)];
        expect(await exportGaps(platform, declared)).toEqual(gaps);
      } finally {
        await platform.query('DROP TABLE gap');
      }
    });

    it('a number that JSON does not carry, a table that is not there, and one that is declared twice', async () => {
      await platform.query('CREATE TABLE gap (workspace_id uuid, size bigint)');
      try {
        const gap = exported('gap', ['size'], { size: asIs });
        const declared = [...allExports(modules), gap, notExported('gap', 'Twice.'), notExported('ghost', 'None.')];
        expect(await exportGaps(platform, declared)).toEqual([
          'ghost: there is no such tenant table',
          'gap: declared twice',
          'gap: size is a bigint, which JSON does not carry exactly',
        ]);
      } finally {
        await platform.query('DROP TABLE gap');
      }
    });
  });
});
