import { basename } from 'node:path';
import { Script } from 'node:vm';
import { ScriptError } from '../support/runScript';
import type { Files } from './Files';
import type { Naming } from './namingOf';
import { namesIn } from './namesIn';
import { registeredNames } from './registeredNames';

const KEBAB = /^[a-z]+(?:-[a-z]+)*$/;
const PASCAL = /^(?:[A-Z][a-z]+)+$/;
/** PostgreSQL cuts names at 63 bytes (NAMEDATALEN), those of indexes too. */
const MAX_LENGTH = 30;
/** Folders of this name would be taken for something else. */
const RESERVED = ['core', 'index', 'module', 'modules', 'tests'];
/** The plurals among the words that PostgreSQL takes for no table (pg_get_keywords, reserved). */
const RESERVED_TABLES = ['overlaps', 'references'];
/** An `s` at the end that makes no plural: address, status, analysis, and some more. */
const SINGULAR = /(?:[^s]|[isu]s|(?:ali|atl|bi|canv)as|lens|news|series|species)$/i;

/** Of the language, or of every object. */
function isReservedWord(word: string): boolean {
  if (word in Object.prototype) return true;
  try {
    return !new Script(`'use strict'; async () => { let ${word}; }`);
  } catch {
    return true;
  }
}

/** @throws ScriptError for names in the wrong case or number, or too long */
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
  if (!SINGULAR.test(entity))
    throw new ScriptError(`An entity is named in the singular: ${entity} seems to be several.`);
}

/**
 * @param src all that is in `src`
 * @param template the code that the names come into
 * @param written what the module's files will be
 * @throws ScriptError for names that are taken, or mean something else already
 */
export function refuseTakenNames(
  module: string,
  { identifiers, table, path }: Naming,
  { src, template, written }: { readonly src: Files; readonly template: Files; readonly written: Files },
): void {
  const folder = `src/modules/${module}/`;
  const holder = (code: RegExp, below = 'src/'): string | undefined =>
    [...src].find(([file, text]) => file.includes(below) && code.test(text))?.[0];
  if (RESERVED.includes(module)) throw new ScriptError(`${module} is reserved: take another name for the module.`);
  if ([...src.keys()].some((file) => file.startsWith(folder))) {
    throw new ScriptError(`There is a module ${module} already, in ${folder}`);
  }
  if (RESERVED_TABLES.includes(table)) throw new ScriptError(`${table} is a word of SQL: take another entity.`);
  const creator = holder(new RegExp(`CREATE TABLE (?:IF NOT EXISTS )?${table}\\b`));
  if (creator) throw new ScriptError(`There is a table ${table} already, of ${creator}`);
  const server = holder(new RegExp(`path: '${path}['/]`), '/presentation/');
  if (server) throw new ScriptError(`There is a path ${path} already, in ${server}`);
  const named = [...written.keys()].map((file) => basename(file)).filter((name) => /^[A-Z]/.test(name));
  const taken = [...src.keys()].find((file) => named.includes(basename(file)));
  if (taken) throw new ScriptError(`There is a ${basename(taken, '.ts')} already, in ${taken}`);
  const used = namesIn([...template.values()].join('\n'));
  const reserved = identifiers.find((name) => isReservedWord(name) || used.has(name));
  if (reserved) throw new ScriptError(`${reserved} means something else in the code already: take another entity.`);
  const registered = registeredNames(src);
  const services = registeredNames(new Map([...written].filter(([file]) => file.endsWith('/module.ts'))));
  const service = [...services].find((name) => registered.has(name));
  if (service) throw new ScriptError(`There is a service ${service} already: take another entity.`);
}
