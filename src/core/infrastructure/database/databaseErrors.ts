import { ConflictError } from '../../errors/ConflictError';
import { UnavailableError } from '../../errors/UnavailableError';
import { ValidationError } from '../../errors/ValidationError';

/** SQLSTATE classes and codes (PostgreSQL documentation, appendix A) that mean "not now". */
const UNAVAILABLE = /^(08(?!P01)|57P0|53|55P03|57014|25P03)/;
const STALE = /^(40001|40P01)$/;
/** What no text of PostgreSQL can hold: U+0000, as text and within JSON. */
const UNKEEPABLE = /^22(021|P05)$/;
const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH']);
const SEQUELIZE_CONNECTION = /^Sequelize(Connection|Host|InvalidConnection|AccessDenied)/;

function original(error: unknown): { name?: string; code?: string; message?: string; constraint?: string } {
  const { original: cause, parent } = error as { original?: object; parent?: object };
  return (cause ?? parent ?? error) as object;
}

/** The name of the violated constraint, when the error is a violation of one. */
export function violatedConstraint(error: unknown): string | undefined {
  const { code, constraint } = original(error);
  return code?.startsWith('23') ? constraint : undefined;
}

/**
 * Turns an outage into `UnavailableError`, a lost race into `ConflictError`, and a text that can't be kept into
 * `ValidationError`; hands back anything else as it is.
 */
export function translateDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code = '', message = '' } = original(error);
  const down =
    SEQUELIZE_CONNECTION.test(error.name) ||
    UNAVAILABLE.test(code) ||
    UNREACHABLE.has(code) ||
    message.startsWith('Connection terminated') ||
    message.startsWith('Client has encountered a connection error');
  if (down) return Object.assign(new UnavailableError(), { cause: error });
  if (STALE.test(code)) return Object.assign(ConflictError.stale(), { cause: error });
  if (UNKEEPABLE.test(code)) {
    return Object.assign(new ValidationError('A text must not hold the character U+0000.'), { cause: error });
  }
  return error;
}

/**
 * Runs a write and turns the violation of a named constraint into the domain's own conflict.
 * @param conflicts constraint name -> the error to throw instead
 */
export async function mapViolations<Result>(
  conflicts: Readonly<Record<string, () => Error>>,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    const conflict = conflicts[violatedConstraint(error) ?? ''];
    throw conflict ? conflict() : error;
  }
}
