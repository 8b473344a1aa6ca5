import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ScriptError } from '../support/runScript';
import type { Files } from './Files';

const IMPORTS = /(?:^import \{ \w+ \} from '\.\/.+';\n)+/m;

const camel = (name: string): string => name.replaceAll(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());

/** The two files that name all modules, with one more in their lists. It may use none of the others yet. */
export async function register(root: string, module: string): Promise<Files> {
  const edit = async (path: string, ...edits: [place: RegExp, edited: (found: string) => string][]) => {
    let code = await readFile(join(root, path), 'utf8');
    for (const [place, edited] of edits) {
      if (!place.test(code)) throw new ScriptError(`${path} is not what it was: ${String(place)} is not to be found.`);
      code = code.replace(place, edited);
    }
    return [path, code] as const;
  };
  const list = `${camel(module)}Module`;
  const line = `import { ${list} } from './${module}/module';`;
  return new Map([
    await edit(
      'src/modules/index.ts',
      [IMPORTS, (found) => `${[...found.trimEnd().split('\n'), line].sort().join('\n')}\n`],
      [/\];\n$/, (found) => `  ${list},\n${found}`],
    ),
    await edit('.dependency-cruiser.cjs', [/ {2}\},\n\}\);\n$/, (found) => `    '${module}': [],\n${found}`]),
  ]);
}
