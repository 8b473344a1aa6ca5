import { basename } from 'node:path';
import { Script } from 'node:vm';
import { ScriptError } from '../support/runScript';
import type { Files } from './Files';
import type { Naming } from './namingOf';
import { namesIn } from './namesIn';

const KEBAB = /^[a-z]+(?:-[a-z]+)*$/;
const PASCAL = /^(?:[A-Z][a-z]+)+$/;
/** PostgreSQL cuts names at 63 bytes (NAMEDATALEN), those of indexes too. */
const MAX_LENGTH = 30;
/** Folders of this name would be taken for something else. */
const RESERVED = ['core', 'index', 'module', 'modules', 'tests'];

function isReservedWord(word: string): boolean {
  try {
    return !new Script(`'use strict'; async () => { let ${word}; }`);
  } catch {
    return true;
  }
}

/** @throws ScriptError for names in the wrong case, or too long */
export function refuseSpelling(module: string, entity: string): void {
  if (!KEBAB.test(module) || module.length > MAX_LENGTH) {
    throw new ScriptError(
      `A module is named in kebab-case, like team-board, with at most ${MAX_LENGTH} letters: ${module} is not.`,
    );
  }
  if (!PASCAL.test(entity) || entity.length > MAX_LENGTH) {
    throw new ScriptError(
      `An entity is named in PascalCase, like BoardEntry, with at most ${MAX_LENGTH} letters: ${entity} is not.`,
    );
  }
}

/**
 * @param src all that is in `src`
 * @param template the code that the names come into
 * @param written the paths that the module's files will have
 * @throws ScriptError for names that are taken, or mean something else already
 */
export function refuseTakenNames(
  module: string,
  { identifiers, table }: Naming,
  { src, template, written }: { readonly src: Files; readonly template: Files; readonly written: readonly string[] },
): void {
  const folder = `src/modules/${module}/`;
  if (RESERVED.includes(module)) throw new ScriptError(`${module} is reserved: take another name for the module.`);
  if ([...src.keys()].some((path) => path.startsWith(folder))) {
    throw new ScriptError(`There is a module ${module} already, in ${folder}`);
  }
  const creates = new RegExp(`CREATE TABLE (?:IF NOT EXISTS )?${table}\\b`);
  const [holder] = [...src].find(([, code]) => creates.test(code)) ?? [];
  if (holder) throw new ScriptError(`There is a table ${table} already, of ${holder}`);
  const named = written.map((path) => basename(path)).filter((name) => /^[A-Z]/.test(name));
  const taken = [...src.keys()].find((path) => named.includes(basename(path)));
  if (taken) throw new ScriptError(`There is a ${basename(taken, '.ts')} already, in ${taken}`);
  const used = namesIn([...template.values()].join('\n'));
  const reserved = identifiers.find((name) => isReservedWord(name) || used.has(name));
  if (reserved) throw new ScriptError(`${reserved} means something else in the code already: take another entity.`);
}
