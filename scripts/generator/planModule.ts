import type { Files } from './Files';
import { filesIn } from './filesIn';
import { namingOf } from './namingOf';
import { refuseSpelling, refuseTakenNames } from './refuseNames';
import { register } from './register';

const TEMPLATE = 'scripts/templates/module';

/** Later than every migration that stands, so that it is the last to run; now, unless one claims to be later. */
function nextMigration(src: Files, now: Date): string {
  const migrations = [...src].filter(([path]) => path.includes('/migrations/')).map(([, code]) => code);
  const names = migrations.flatMap((code) => [...code.matchAll(/name: '(\d{8}T\d{4})-/g)]);
  const last = names.reduce((latest, [, time = '']) => (time > latest ? time : latest), '');
  const time = now.toISOString().replaceAll(/[-:]/g, '').slice(0, 13);
  return time > last ? time : `${last.slice(0, 9)}${String(Number(last.slice(9)) + 1).padStart(4, '0')}`;
}

/**
 * Every file that a new module adds or changes, as it is to be once it is formatted.
 * @param root the folder of the project
 * @param module its name, in kebab-case
 * @param entity what it is about, in PascalCase
 * @throws ScriptError for names that are wrong or taken
 */
export async function planModule(root: string, module: string, entity: string, now = new Date()): Promise<Files> {
  refuseSpelling(module, entity);
  const [src, template] = [await filesIn(root, 'src'), await filesIn(root, TEMPLATE)];
  const naming = namingOf(module, entity);
  const replacements = new Map([...naming.replacements, ['YYYYMMDDTHHMM', nextMigration(src, now)]]);
  const placeholders = new RegExp([...replacements.keys()].sort((a, b) => b.length - a.length).join('|'), 'g');
  const named = (text: string): string => text.replaceAll(placeholders, (found) => replacements.get(found) ?? found);
  // The template stands as deep as the module will; only what it reaches in src is nearer from there.
  const moved = (code: string): string => code.replaceAll('../src/', '');

  const written = new Map(
    [...template].map(([path, code]) => [
      `src/modules/${module}${named(path.slice(TEMPLATE.length))}`,
      named(moved(code)),
    ]),
  );
  refuseTakenNames(module, naming, { src, template, written });
  return new Map([...written, ...(await register(root, module))]);
}
