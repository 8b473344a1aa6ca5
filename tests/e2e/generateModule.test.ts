import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { planModule } from '../../scripts/generator/planModule';

const ROOT = join(__dirname, '../..');
const NOT_COPIED = ['.git', '.data', 'node_modules', 'dist', 'coverage'];
/** While everything else runs beside it. */
const NOT_OF_MODULES = '--testNamePattern=^(?!A leak |.* and the check notices )';
const PATIENCE = '--testTimeout=120000';

/** The platform's tests of what every module must be, and bring along. */
const HOUSE_RULES = [
  'tests/(asyncapi|exports|openapi|permissions|routes)\\.test',
  'tests/isolation',
  'src/core/tests/integration/tenancy',
];

describe('A generated module', () => {
  let copy: string;

  /** Runs a program of Node in the copy, as if nothing else were there. @throws Error with what it printed, when it fails */
  async function node(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...environment };
    try {
      return (await promisify(execFile)(process.execPath, args, { cwd: copy, env, maxBuffer: 2 ** 26 })).stdout;
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${args.join(' ')}\n${stdout}${stderr}`, { cause: error });
    }
  }

  const run = (tool: string, ...args: string[]) => node([`node_modules/${tool}`, ...args]);
  const generate = (...names: string[]) => node(['--import', 'tsx', 'scripts/generate-module.ts', ...names]);

  // Others work in the tree itself at the same time.
  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'atrium-module-'));
    await cp(ROOT, copy, { recursive: true, filter: (path) => !NOT_COPIED.includes(basename(path)) });
    await symlink(await realpath(join(ROOT, 'node_modules')), join(copy, 'node_modules'));
  });

  afterAll(() => rm(copy, { recursive: true, force: true }));

  it.each([
    ['team_board', 'Post', 'kebab-case'],
    ['../post', 'Post', 'kebab-case'],
    ['post', 'post', 'PascalCase'],
    ['post', 'APIPost', 'PascalCase'],
    ['post', 'Post2', 'PascalCase'],
    ['post', `P${'o'.repeat(30)}`, 'at most 30 letters'],
    ['webhook', 'Post', 'There is a module webhook already'],
    ['core', 'Post', 'core is reserved'],
    ['post', 'Class', 'class means something else'],
    ['post', 'Await', 'await means something else'],
    ['post', 'Body', 'body means something else'],
    ['post', 'Date', 'Date means something else'],
    ['post', 'Page', 'There is a Page already, in src/core/application/Page.ts'],
    ['post', 'Member', 'There is a table members already'],
    ['post', 'Delivery', 'There is a Delivery already, in src/modules/'],
    ['post', 'AuditLog', 'There is a path /audit-logs already, in src/modules/audit/'],
    ['reference', 'Reference', 'references is a word of SQL: take another entity.'],
    ['articles', 'Articles', 'An entity is named in the singular: Articles seems to be several.'],
    ['post', 'BoardEntries', 'in the singular'],
    ['post', 'Photos', 'in the singular'],
    ['constructor', 'Constructor', 'constructor means something else'],
    ['post', 'ValueOf', 'valueOf means something else'],
    ['metric', 'Metric', 'There is a service metrics already: take another entity.'],
    ['post', 'RateLimit', 'There is a service rateLimits already'],
    ['post', 'Recipient', 'There is a service recipients already'],
  ])('is refused by the names %s %s, in a sentence', async (module, entity, reason) => {
    await expect(planModule(ROOT, module, entity)).rejects.toThrow(reason);
  });

  it.each(['Address', 'Canvas', 'Lamp', 'Value'])('can be of an entity %s', async (entity) => {
    expect(await planModule(ROOT, 'post', entity)).toBeInstanceOf(Map);
  });

  it('is in the folder of its name, whatever that is', async () => {
    const paths = [...(await planModule(ROOT, 'my-module-name', 'Post')).keys()];
    expect(paths).toContain('src/modules/my-module-name/module.ts');
    expect(paths).toContain('src/modules/my-module-name/domain/Post.ts');
  });

  it('changes nothing when it is refused', async () => {
    const content = async () => {
      const paths = await readdir(join(copy, 'src'), { recursive: true });
      return [paths, await readFile(join(copy, 'src/modules/index.ts'), 'utf8')];
    };
    const before = await content();
    await expect(generate('webhook', 'Post')).rejects.toThrow(/\nThere is a module webhook already, in .*\n$/);
    await expect(generate('post')).rejects.toThrow('Usage: npm run generate:module <name> <Entity>');
    expect(await content()).toEqual(before);
  });

  it('passes its own tests, and all that the house asks of a module', async () => {
    const outputs = [await generate('post', 'Post'), await generate('team-board', 'BoardEntry')];
    const paths = new Set(outputs.flatMap((output) => output.match(/(?<=^ {2})\S+$/gm) ?? []));
    const others = [...paths].filter((path) => !/^src\/modules\/(post|team-board)\//.test(path));
    expect(others).toEqual(['src/modules/index.ts', '.dependency-cruiser.cjs']);
    for (const output of outputs) expect(output).toMatch(/\n\nNext:\n1\. .+\n2\. .+\n3\. .+\n$/);

    const measured = ['--coverage', '--collectCoverageFrom=src/modules/post/{domain,application}/**'];
    const jest = ['node_modules/jest/bin/jest.js', '--runInBand', ...measured, 'src/modules/post/', ...HOUSE_RULES];
    const outcomes = await Promise.allSettled([
      // What the module tells on sockets is new to the document, as `npm run asyncapi` makes it.
      node([...jest, PATIENCE, NOT_OF_MODULES], { ASYNCAPI: 'write', ROUTES: '/posts' }),
      run('typescript/bin/tsc')
        .then(() => run('eslint/bin/eslint.js', '--max-warnings=0', ...paths))
        .then(() => run('prettier/bin/prettier.cjs', '--check', ...paths))
        .then(() => run('dependency-cruiser/bin/dependency-cruise.mjs', 'src', '--config', '.dependency-cruiser.cjs')),
    ]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  });
});
