import { createLogger as createWinston, format, transports } from 'winston';
import type { Logger } from '../application/Logger';
import type { Config } from './Config';
import { isError, redact, redactText } from './redact';

type Level = keyof Logger;

/** Most to least urgent. */
const LEVELS: Record<Level, number> = { error: 0, warn: 1, info: 2, http: 3, debug: 4 };
/** ANSI: red, yellow, green, cyan, gray. */
const COLORS: Record<Level, number> = { error: 31, warn: 33, info: 32, http: 36, debug: 90 };

/** A terminal tells whether it has colors; other streams do not. */
type Output = NodeJS.WritableStream & { hasColors?(): boolean };

interface Line {
  readonly time: Date;
  readonly level: Level;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * The log of a process: JSON lines in production, readable ones elsewhere; one line per entry whatever it holds.
 * A level that is switched off costs nothing.
 * @param context what belongs to every line at the moment it is written, such as the request's id
 */
export function createLogger(
  config: Pick<Config, 'env' | 'log'>,
  context: () => object | undefined = () => undefined,
  output: Output = process.stdout,
): Logger {
  const render = config.env === 'production' ? jsonLine : readableLine(output);
  const winston = createWinston({
    levels: LEVELS,
    level: config.log.level,
    format: format.printf(({ message }) => String(message)),
    transports: [new transports.Stream({ stream: output, eol: '\n' })],
  });

  function writer(level: Level): Logger[Level] {
    if (!winston.isLevelEnabled(level)) return () => undefined;
    return (message, fields) => {
      // Rendered now: winston may write later, when the context is another's and the fields have changed.
      const facts = { ...context(), ...(isError(fields) ? { error: fields } : fields) };
      const line = { time: new Date(), level, message: redactText(message), fields: redact(facts) as Line['fields'] };
      winston.log(level, render(line));
    };
  }

  return {
    error: writer('error'),
    warn: writer('warn'),
    info: writer('info'),
    http: writer('http'),
    debug: writer('debug'),
  };
}

/** Line breaks, terminal controls and what turns the direction of writing, for they forge or hide lines. */
function escapeControls(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A field that is called as a member of every line is kept beside it. */
function jsonLine({ time, level, message, fields }: Line): string {
  const line: Record<string, unknown> = { time: time.toISOString(), level, message };
  for (const [key, value] of Object.entries(fields)) line[Object.hasOwn(line, key) ? `${key}_` : key] = value;
  return escapeControls(JSON.stringify(line));
}

function readableLine(output: Output): (line: Line) => string {
  const colored = output.hasColors?.() === true;
  return ({ time, level, message, fields }) => {
    const clock = time.toTimeString().slice(0, 8);
    const padded = level.padEnd(5);
    const label = colored ? `\u001b[${COLORS[level]}m${padded}\u001b[39m` : padded;
    const pairs = Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => ` ${plain(key)}=${plain(value)}`);
    return `${clock} ${label} ${escapeControls(message)}${pairs.join('')}`;
  };
}

/** A word as it is, everything else as JSON. */
function plain(value: unknown): string {
  if (typeof value === 'string' && /^[\w.:/@*+-]+$/.test(value)) return value;
  return escapeControls(JSON.stringify(value));
}
