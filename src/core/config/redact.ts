import { types } from 'node:util';

const REDACTED = '[redacted]';

/** Bounds of one log line: characters of one text and of all, members of one object, objects within each other. */
const MAX_TEXT = 8_192;
const MAX_SIZE = 65_536;
const MAX_MEMBERS = 100;
const MAX_DEPTH = 8;

/**
 * Names, in snake_case, whose values are never written: they end in a secret's word, so that `tokenType` and
 * `passwordChangedAt` are none. `parameters` are the values of a failed SQL statement.
 */
const SECRET_NAME = new RegExp(
  [
    '(password|passwd|passphrase|secret|token|authorization|cookie|csrf|credential)s?$',
    '(password|secret|token|key)_(hash|hashes|digest|confirmation)$',
    '(api|secret|private|access|signing|encryption)_?keys?$',
    '(recovery|backup|mfa|totp)_?codes?$',
    '(^|_)(jwt|otp|totp|parameters)$',
  ].join('|'),
);

const WORD = '(?:password|passwd|passphrase|secret|token|authorization|cookie|csrf|api[_-]?key)s?';

/** What is a secret, or personal, wherever it stands in a text. All are linear in the text's length. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // postgres://user:password@host, but not http://host:80/?mail=a@b.c
  [/(:\/\/[^\s:/"'<>]{0,128}:)(?!\d{1,5}(?:[/?#\s"'<>]|$))[^\s"'<>]{0,1024}@/g, `$1${REDACTED}@`],
  [/\b((?:set-)?cookie|(?:proxy-)?authorization|x-csrf-token|x-api-key):[^\r\n]+/gi, `$1: ${REDACTED}`],
  [/\b(Bearer|Basic)\s+[^\s"',;]{6,}/gi, `$1 ${REDACTED}`],
  // {"password":"…"}, escaped or not, and password='…'
  [new RegExp(`(${WORD}\\\\*["']?\\s?[:=]\\s?\\\\*(["']))(?:(?!\\2)[^\\\\]|\\\\.)*`, 'gis'), `$1${REDACTED}`],
  // ?token=…, and what a form sends
  [new RegExp(`((?:${WORD}|signature|[?&;]code)(?:=|%3D))[^\\s&"'<>]+`, 'gi'), `$1${REDACTED}`],
  [/(?<![\w-])eyJ[\w-]+\.[\w.-]+/g, REDACTED],
  [/\batr_[\w-]+/g, `atr_${REDACTED}`],
  [/\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}/g, REDACTED],
  // Opaque tokens. Long names of constraints or traces have no capitals, or more than hexadecimal digits; those of
  // migrations are a time and then words.
  [/(?<![\w-])(?!\d{8}T\d{4}(?:-[a-z]+)+(?![\w-]))(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{43,}/g, REDACTED],
  [/(?<![\w-])[\da-f]{43,}(?![\w-])/gi, REDACTED],
  [/(?<![\p{L}\p{N}._%+'-])([\p{L}\p{N}_])[\p{L}\p{N}._%+'-]*(@|%40)((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})/gu, '$1***$2$3'],
];

/** Most texts are short words, without a character that one of the patterns could begin with. */
const HARMLESS = /^(?!.*(?:eyJ|atr_|bearer|basic))[\w\s/.,()-]{0,42}$/i;

/** The text without secrets and with e-mail addresses masked, cut to 8 KiB. */
export function redactText(text: string): string {
  if (HARMLESS.test(text)) return text;
  const kept = text.length > MAX_TEXT ? text.slice(0, endOfWhole(text)) : text;
  const clean = PATTERNS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), kept);
  return kept === text ? clean : `${clean}… [${text.length} characters]`;
}

/** Where to cut, so that no half of a secret is left at the end that its pattern does not know. */
function endOfWhole(text: string): number {
  const from = MAX_TEXT - 512;
  return from + text.slice(from, MAX_TEXT).search(/\S*$/);
}

function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1_$2').replace(/[^A-Za-z\d]+/g, '_');
  return SECRET_NAME.test(words.toLowerCase());
}

/** Also for an error of another realm, and one that was made without Error's constructor. */
export function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}

function hasToJson(object: object): object is { toJSON(): unknown } {
  return 'toJSON' in object && typeof object.toJSON === 'function';
}

/** An error's own members, and those of it that a listing does not show. */
function errorMembers(error: Error & { code?: unknown; errors?: unknown }): object {
  const { name, message, code, stack, cause, errors, ...own } = error;
  return { name, message, code, stack, cause, errors, ...own };
}

/** A copy for the log, of plain JSON values: bounded, without cycles, secrets and plain e-mail addresses. */
export function redact(value: unknown): unknown {
  let room = MAX_SIZE;
  const ancestors = new Set<object>();

  function visit(item: unknown): unknown {
    room -= typeof item === 'string' ? Math.min(item.length, MAX_TEXT) : 8;
    if (room < 0) return '[left out]';
    switch (typeof item) {
      case 'string':
        return redactText(item);
      case 'number':
        return Number.isFinite(item) ? item : String(item);
      case 'bigint':
      case 'symbol':
        return String(item);
      case 'function':
        return `[function ${item.name}]`;
      case 'object':
        return item === null ? null : visitObject(item);
      default:
        return item;
    }
  }

  function visitObject(object: object): unknown {
    if (ancestors.has(object)) return '[circular]';
    if (ancestors.size >= MAX_DEPTH) return '[too deep]';
    ancestors.add(object);
    try {
      return content(object);
    } catch {
      // A getter, a proxy or a toJSON of its own that throws must not take the log line with it.
      return '[unreadable]';
    } finally {
      ancestors.delete(object);
    }
  }

  function content(object: object): unknown {
    if (ArrayBuffer.isView(object) || types.isAnyArrayBuffer(object)) return `[${object.byteLength} bytes]`;
    if (types.isDate(object)) return Number.isNaN(object.getTime()) ? String(object) : object.toISOString();
    if (types.isRegExp(object)) return String(object);
    if (isError(object)) return members(Object.entries(errorMembers(object)));
    if (types.isMap(object)) return members([...object]);
    if (types.isSet(object)) return items([...object]);
    if (Array.isArray(object)) return items(object);
    if (hasToJson(object)) return visit(object.toJSON());
    return members(Object.entries(object));
  }

  function items(list: readonly unknown[]): unknown[] {
    const kept = list.slice(0, MAX_MEMBERS).map(visit);
    return list.length > MAX_MEMBERS ? [...kept, `[${list.length - MAX_MEMBERS} more]`] : kept;
  }

  function members(list: readonly (readonly [unknown, unknown])[]): object {
    const kept = list.slice(0, MAX_MEMBERS).map(([key, item]) => {
      const name = redactText(String(key));
      const secret = isSecretName(name) && item !== null && item !== undefined && typeof item !== 'boolean';
      return [name, secret ? REDACTED : visit(item)] as const;
    });
    return Object.fromEntries(
      list.length > MAX_MEMBERS ? [...kept, ['…', `[${list.length - MAX_MEMBERS} more]`]] : kept,
    );
  }

  return visit(value);
}
