import type { Brand } from '../../../core/domain/Brand';

/** What a file is called: one line of at most 200 characters, without slashes, that shows all that is in it. */
export type FileName = Brand<string, 'FileName'>;

const MAX_LENGTH = 200;
/** Where nothing is left of a name. */
const NAMELESS = 'file';

/** Controls, among them those that turn the direction of writing, and all that has no place in a text. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;
/** What no name ends with on every system. */
const AT_THE_END = /[. ]+$/;
const EXTENSION = /\.[^. ]{1,20}$/;

/**
 * What is left of whatever a client calls a file: the last step of a path, in Unicode's composed form. Nothing is refused;
 * files are kept under keys of their own, and a name is only ever shown.
 */
export function FileName(raw: string): FileName {
  const last = raw.split(/[/\\]/).at(-1) ?? '';
  const name = last.replaceAll(INVISIBLE, '').normalize('NFC').trim().replace(AT_THE_END, '');
  return (shortened(name).replace(AT_THE_END, '') || NAMELESS) as FileName;
}

/** The beginning of a name that is too long, and its extension. */
function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= MAX_LENGTH) return name;
  const [extension = ''] = EXTENSION.exec(name) ?? [];
  return characters.slice(0, MAX_LENGTH - [...extension].length).join('') + extension;
}
