import type { ObjectSchema, ValidationOptions } from 'joi';
import type { FieldError } from '../errors/AppError';
import { ValidationError } from '../errors/ValidationError';

const COMMON: ValidationOptions = { abortEarly: false, allowUnknown: false, errors: { wrap: { label: false } } };
/** Path and query are text, so `limit=20` becomes a number; a JSON body already has types and keeps them. */
const TEXT: ValidationOptions = { ...COMMON, convert: true };
const JSON_BODY: ValidationOptions = { ...COMMON, convert: false };

/** The one name that Joi looks past, as if there were no such member. */
const UNSEEN = '__proto__';

/** In JSON there can be one, in no text of UTF-8 (RFC 8259, section 8.2). */
const HALF_A_CHARACTER = /\p{Surrogate}/u;

/** The dotted paths of all texts that hold half a character. */
function* halves(value: unknown, path: readonly string[] = []): Generator<string> {
  if (typeof value === 'string' && HALF_A_CHARACTER.test(value)) yield path.join('.');
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) yield* halves(member, [...path, name]);
}

function check<Value>(
  schema: ObjectSchema<Value>,
  value: unknown,
  options: ValidationOptions,
  fallback: string,
): Value {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, UNSEEN)) {
    throw ValidationError.field(UNSEEN, `${UNSEEN} is not allowed.`);
  }
  const result = schema.validate(value, options);
  if (!result.error) return result.value;
  const errors: FieldError[] = result.error.details.map(({ path, message }) => ({
    field: path.join('.') || fallback,
    message: `${message}.`,
  }));
  throw ValidationError.of(errors);
}

/** @throws ValidationError that names each wrong parameter. */
export function validateText<Value>(schema: ObjectSchema<Value>, value: unknown): Value {
  return check(schema, value, TEXT, 'query');
}

/** @throws ValidationError that names each wrong member by its dotted path. */
export function validateBody<Value>(schema: ObjectSchema<Value>, value: unknown): Value {
  const body = check(schema, value ?? {}, JSON_BODY, 'body');
  const halved = [...halves(body)];
  if (halved.length > 0) {
    throw ValidationError.of(halved.map((field) => ({ field, message: `${field} must not hold half a character.` })));
  }
  return body;
}
