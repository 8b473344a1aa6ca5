import Joi from 'joi';
import { jsonSchema } from '../../presentation/openapi/jsonSchema';
import { momentInput } from '../../presentation/schema';

describe('The JSON Schema of a declaration', () => {
  it('requires of a request what is declared as required', () => {
    const lamp = Joi.object({ name: Joi.string().required(), watts: Joi.number(), note: Joi.string().optional() });
    expect(jsonSchema(lamp, 'input').required).toEqual(['name']);
    expect(jsonSchema(Joi.object({ name: Joi.string() }), 'input')).not.toHaveProperty('required');
  });

  it('promises of an answer all but what is declared as optional, at any depth', () => {
    const bulb = Joi.object({ watts: Joi.number(), burnt: Joi.boolean().optional() });
    const lamp = Joi.object({
      name: Joi.string(),
      note: Joi.string().optional(),
      bulb,
      spares: Joi.array().items(bulb),
    });
    const { required, properties } = jsonSchema(lamp, 'output');
    expect(required).toEqual(['name', 'bulb', 'spares']);
    expect(properties?.bulb?.required).toEqual(['watts']);
    expect(properties?.spares?.items?.required).toEqual(['watts']);
  });

  it('promises so of each form that an answer may have, and of one that may be null', () => {
    const [lamp, shade] = [Joi.object({ watts: Joi.number() }), Joi.object({ color: Joi.string() })];
    const forms = [expect.objectContaining({ required: ['watts'] }), expect.objectContaining({ required: ['color'] })];
    expect(jsonSchema(Joi.alternatives(lamp, shade), 'output').anyOf).toEqual(forms);
    expect(jsonSchema(Joi.alternatives(lamp, shade).allow(null), 'output').anyOf).toEqual([{ type: 'null' }, ...forms]);
    expect(jsonSchema(lamp.allow(null), 'output')).toMatchObject({ type: ['object', 'null'], required: ['watts'] });
  });

  it('has null among the values where it is allowed beside some', () => {
    const nullable = { type: ['string', 'null'], enum: ['by-hand', 'failing', null] };
    expect(jsonSchema(Joi.valid('by-hand', 'failing').allow(null), 'output')).toEqual(nullable);
    expect(jsonSchema(Joi.string().valid('by-hand', 'failing').allow(null), 'input')).toEqual(nullable);
    expect(jsonSchema(Joi.string().valid('by-hand'), 'output')).toEqual({ type: 'string', enum: ['by-hand'] });
  });

  it('takes a moment, or a day by itself where that will do', () => {
    const forms = [
      { type: 'string', format: 'date-time' },
      { type: 'string', format: 'date' },
    ];
    expect(jsonSchema(momentInput(), 'input')).toMatchObject({ type: 'string', format: 'date-time' });
    const due = momentInput({ orDay: true }).description('When');
    expect(jsonSchema(due, 'input')).toEqual({ description: 'When', anyOf: forms });
    expect(jsonSchema(due.allow(null), 'input').anyOf).toEqual([...forms, { type: 'null' }]);
  });

  it('has the format that a text is declared to have', () => {
    const day = Joi.string().meta({ format: 'date' });
    expect(jsonSchema(day, 'output')).toMatchObject({ type: 'string', format: 'date' });
    expect(jsonSchema(day.allow(null), 'output')).toMatchObject({ type: ['string', 'null'], format: 'date' });
  });

  it('spells out what JSON Schema has no format for', () => {
    expect(jsonSchema(Joi.string().hex().length(4), 'output')).toEqual({
      type: 'string',
      minLength: 4,
      maxLength: 4,
      pattern: '^[0-9a-fA-F]+$',
    });
  });

  it('allows words beside what has a format or a pattern', () => {
    const someone = Joi.string().guid().allow('me').description('Who');
    expect(jsonSchema(someone, 'input')).toEqual({
      description: 'Who',
      anyOf: [expect.objectContaining({ format: 'uuid' }), { type: 'string', enum: ['me'] }],
    });
    expect(jsonSchema(Joi.string().max(5).allow(''), 'input')).not.toHaveProperty('anyOf');
  });
});
