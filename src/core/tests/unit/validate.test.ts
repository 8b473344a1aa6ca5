import Joi from 'joi';
import { ValidationError } from '../../errors/ValidationError';
import { momentInput, parsed } from '../../presentation/schema';
import { validateBody, validateText } from '../../presentation/validate';

const LAMP = Joi.object<{ name: string; watts?: number; shade?: { color: string }; bulbs?: { on: boolean }[] }>({
  name: Joi.string().required(),
  watts: Joi.number(),
  shade: Joi.object({ color: Joi.string().required() }),
  bulbs: Joi.array().items(Joi.object({ on: Joi.boolean().required() })),
});

function fieldsOf(validate: () => unknown): string[] {
  try {
    validate();
  } catch (error) {
    if (error instanceof ValidationError) return (error.details.errors ?? []).map(({ field }) => field);
    throw error;
  }
  return [];
}

describe('A JSON body', () => {
  it('is handed over as it was', () => {
    const lamp = { name: 'desk', watts: 5, shade: { color: 'green' }, bulbs: [{ on: true }] };
    expect(validateBody(LAMP, lamp)).toEqual(lamp);
  });

  it('has every wrong member named by its path', () => {
    const wrong = { watts: 'five', shade: {}, bulbs: [{ on: true }, { on: 'yes' }], extra: 1 };
    expect(fieldsOf(() => validateBody(LAMP, wrong)).sort()).toEqual([
      'bulbs.1.on',
      'extra',
      'name',
      'shade.color',
      'watts',
    ]);
  });

  it('says of each what is wrong with it, in a sentence', () => {
    expect(() => validateBody(LAMP, {})).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        code: 'VALIDATION_ERROR',
        message: 'The request is not valid: name.',
        details: { errors: [{ field: 'name', message: 'name is required.' }] },
      }),
    );
  });

  it.each([
    ['a number', { name: 5 }],
    ['a list', { name: ['desk'] }],
    ['an object', { name: { toString: 'desk' } }],
    ['nothing', { name: null }],
  ])('makes no text of %s', (_what, body) => {
    expect(fieldsOf(() => validateBody(LAMP, body))).toEqual(['name']);
  });

  it.each([
    ['text', { name: 'desk', watts: '5' }],
    ['true', { name: 'desk', watts: true }],
  ])('makes no number of %s', (_what, body) => {
    expect(fieldsOf(() => validateBody(LAMP, body))).toEqual(['watts']);
  });

  it.each([['text'], [5], [true], [['desk']]])('that is no object, %j, is wrong as a whole', (body) => {
    expect(fieldsOf(() => validateBody(LAMP, body))).toEqual(['body']);
  });

  it.each([undefined, null])('that is missing (%p) lacks what is required, and may lack the rest', (body) => {
    expect(fieldsOf(() => validateBody(LAMP, body))).toEqual(['name']);
    expect(validateBody(Joi.object({ watts: Joi.number() }), body)).toEqual({});
  });

  it('has every text named that ends in half a character, or begins with one', () => {
    const halves = { name: 'desk \ud83d', shade: { color: '\ude00 green' }, bulbs: [] };
    expect(fieldsOf(() => validateBody(LAMP, halves))).toEqual(['name', 'shade.color']);
    const whole = { name: 'desk \ud83d\ude00' };
    expect(validateBody(LAMP, whole)).toEqual(whole);
  });

  it('can not bring a prototype along', () => {
    const body: unknown = JSON.parse('{"name":"desk","__proto__":{"watts":5,"admin":true}}');
    expect(fieldsOf(() => validateBody(LAMP, body))).toEqual(['__proto__']);
    expect({}).not.toHaveProperty('admin');
    const constructed: unknown = JSON.parse('{"name":"desk","constructor":{"prototype":{"admin":true}}}');
    expect(fieldsOf(() => validateBody(LAMP, constructed))).toEqual(['constructor']);
  });
});

describe('Path and query', () => {
  const QUERY = Joi.object<{ watts?: number; lit?: boolean; name?: string }>({
    watts: Joi.number().integer(),
    lit: Joi.boolean(),
    name: Joi.string(),
  });

  it('are text, of which numbers and truth values are made', () => {
    expect(validateText(QUERY, { watts: '5', lit: 'true', name: '7' })).toEqual({ watts: 5, lit: true, name: '7' });
  });

  it.each(['', 'five', '5.5', '0x10', 'NaN', 'Infinity', '1e309'])('make no number of %j', (watts) => {
    expect(fieldsOf(() => validateText(QUERY, { watts }))).toEqual(['watts']);
  });

  it('have unknown and repeated names refused', () => {
    expect(fieldsOf(() => validateText(QUERY, { wats: '5', name: ['a', 'b'] })).sort()).toEqual(['name', 'wats']);
  });

  it('are wrong as a whole where no single name is', () => {
    const either = Joi.object({ cursor: Joi.string(), page: Joi.number() }).oxor('cursor', 'page');
    expect(fieldsOf(() => validateText(either, { cursor: 'x', page: '1' }))).toEqual(['query']);
  });
});

describe('A text that the domain reads', () => {
  const read: string[] = [];
  const shade = (raw: string): string => {
    read.push(raw);
    if (raw.length > 5) throw ValidationError.field('shade', 'shade must be short.');
    return raw;
  };
  const body = Joi.object<{ shade: string; watts?: number }>({
    shade: parsed(shade, 'Up to 5 characters', 8).required(),
    watts: Joi.number(),
  });

  it.each([
    ['too long for the domain', 'yellow', 'shade must be short.'],
    ['too long to be read', 'turquoise', 'shade length must be less than or equal to 8 characters long.'],
  ])('is wrong once, with one message: %s', (_what, raw, message) => {
    expect(() => validateBody(body, { shade: raw })).toThrow(
      expect.objectContaining({
        message: 'The request is not valid: shade.',
        details: { errors: [{ field: 'shade', message }] },
      }),
    );
    expect(read).not.toContain('turquoise');
  });

  it('keeps nobody from naming what else is wrong', () => {
    for (const raw of ['yellow', 'turquoise']) {
      expect(fieldsOf(() => validateBody(body, { shade: raw, watts: 'five' }))).toEqual(['shade', 'watts']);
    }
  });
});

describe('A moment in a request', () => {
  const query = Joi.object<{ at: Date }>({ at: momentInput() });
  const day = Joi.object<{ at: Date }>({ at: momentInput({ orDay: true }) });

  it.each([
    ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00:00.123+01:00', '2026-11-20T09:00:00.123Z'],
    ['2024-02-29T23:59:59-11:00', '2024-03-01T10:59:59.000Z'],
  ])('%s is %s', (at, iso) => {
    for (const validate of [validateBody, validateText]) {
      expect(validate(query, { at }).at.toISOString()).toBe(iso);
      expect(validate(day, { at }).at.toISOString()).toBe(iso);
    }
  });

  it.each([
    'tomorrow',
    'x'.repeat(41),
    '2026-02-30T10:00:00Z',
    '2026-02-29',
    '2026-13-01T10:00:00Z',
    '2026-11-20T25:00:00Z',
    '0000-01-01T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    '9999-12-31T23:59:59-12:00',
    '',
  ])('is not %j', (at) => {
    for (const validate of [validateBody, validateText]) {
      expect(fieldsOf(() => validate(query, { at }))).toEqual(['at']);
      expect(fieldsOf(() => validate(day, { at }))).toEqual(['at']);
    }
  });

  it('needs its offset, unless a day by itself will do', () => {
    for (const validate of [validateBody, validateText]) {
      for (const at of ['2026-11-20T10:00:00', '2026-11-20', '2026-11']) {
        expect(fieldsOf(() => validate(query, { at }))).toEqual(['at']);
      }
      expect(validate(day, { at: '2026-11-20' }).at.toISOString()).toBe('2026-11-20T00:00:00.000Z');
      for (const at of ['2026-11-20T10:00:00', '2026-11']) {
        expect(fieldsOf(() => validate(day, { at }))).toEqual(['at']);
      }
    }
  });
});
