import Joi, { type Schema, type StringSchema } from 'joi';
import type { UserId, WorkspaceId } from '../domain/Id';
import { AppError } from '../errors/AppError';

/** What one rule refuses the next does not look at, so that each text is wrong once; elsewhere every field is named. */
const oneByOne = (): StringSchema => Joi.string().prefs({ abortEarly: true });

/** An id, and the resource it names, so that attacks on it can be generated. Any UUID is well-formed. */
export function id(resource: string): StringSchema {
  return Joi.string()
    .guid({ wrapper: false, separator: '-' })
    .custom((raw: string) => raw.toLowerCase())
    .meta({ resource });
}

/**
 * A string read by a domain parser: the one place that knows the rule says what is wrong.
 * `description` of the rule goes to the API's documentation; what is over `max` characters is not even read.
 */
export function parsed(parse: (raw: string) => string, description: string, max = 1000): StringSchema {
  return oneByOne()
    .max(max)
    .custom((raw: string, helpers) => {
      try {
        return parse(raw);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const message = error.details.errors?.[0]?.message ?? error.message;
        return helpers.message({ custom: message.replace(/\.$/, '') });
      }
    })
    .description(description);
}

/** A moment in an answer: ISO 8601, UTC, milliseconds. */
export const moment = (): Schema => Joi.date().iso().meta({ format: 'date-time' });

/** Whether the calendar has the day that a text begins with: to JavaScript, 30 February is 2 March. */
function beginsWithDay(raw: string): boolean {
  const day = raw.slice(0, 10);
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** Of four digits: ISO 8601 has others only where both sides agree, and no year 0. */
const IN_A_YEAR = /^(?!0000)\d{4}-/;

/**
 * A moment in a request: ISO 8601 with its offset from UTC, which becomes a Date.
 * @param options.orDay whether a day by itself will do, which begins at midnight in UTC
 */
export const momentInput = ({ orDay = false } = {}): StringSchema =>
  oneByOne()
    .max(40)
    .isoDate()
    .custom((_completed: string, helpers) => {
      // In a query Joi has completed what was missing by now, in the time zone of this machine.
      const raw = String(helpers.original);
      const isWhole = /T.*(?:Z|[+-]\d\d:\d\d)$/.test(raw) || (orDay && raw.length === 10);
      const date = new Date(raw);
      const isMoment = isWhole && beginsWithDay(raw) && !Number.isNaN(date.getTime()) && IN_A_YEAR.test(date.toJSON());
      return isMoment ? date : helpers.error('string.isoDate');
    })
    .messages({
      'string.isoDate': `{{#label}} must be a moment like 2026-11-20T08:30:00Z${orDay ? ', or a day like 2026-11-20' : ''}`,
    })
    .meta({ format: orDay ? ['date-time', 'date'] : 'date-time' });

/** An answer that is a file, of one of these media types. */
export const fileOf = (...types: readonly [string, ...string[]]): Schema => Joi.binary().meta({ contentTypes: types });

export const byWorkspaceId = Joi.object<{ id: WorkspaceId }>({
  id: id('workspace').required(),
});

export const byUserId = Joi.object<{ id: UserId }>({ id: id('user').required() });

/** A member of a workspace. */
export const byMember = Joi.object<{ id: WorkspaceId; userId: UserId }>({
  id: id('workspace').required(),
  userId: id('user').required(),
});
