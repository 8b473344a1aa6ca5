import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { planModule } from './generator/planModule';
import { runTool, ScriptError } from './support/runScript';

const ROOT = join(__dirname, '..');

const USAGE = `Usage: npm run generate:module <name> <Entity>

Writes a module that keeps entities of one kind for each workspace: npm run generate:module team-board Post`;

runTool(async () => {
  const [module, entity, ...rest] = process.argv.slice(2);
  if (module === undefined || entity === undefined || rest.length > 0) throw new ScriptError(USAGE);
  const files = await planModule(ROOT, module, entity);
  const style = await resolveConfig(join(ROOT, 'package.json'));
  const formatted = [...files].map(
    async ([path, code]) => [join(ROOT, path), await format(code, { ...style, filepath: path })] as const,
  );
  for (const [file, code] of await Promise.all(formatted)) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, code);
  }
  console.log(`The module ${module}:\n${[...files.keys()].map((path) => `  ${path}`).join('\n')}

Next:
1. Write its events into docs/api/asyncapi.yaml, where clients look them up: npm run asyncapi
2. See that it is whole: npm run check && npx jest src/modules/${module} tests/isolation
3. Make it yours, from domain/${entity}.ts outwards: docs/architecture/add-a-module.md`);
});
