/** What a fact looks like, in the words of JSON Schema; clients read it in the description of the messages. */
export interface FactSchema {
  readonly type: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly (string | null)[];
  readonly description?: string;
  readonly items?: FactSchema;
  readonly properties?: Readonly<Record<string, FactSchema>>;
  readonly required?: readonly string[];
}

/** One for each fact of an event. */
export type FactSchemas<Facts = Record<string, unknown>> = { readonly [Name in keyof Facts]: FactSchema };

export const anId: FactSchema = { type: 'string', format: 'uuid' };
export const aText: FactSchema = { type: 'string' };
export const aMoment: FactSchema = { type: 'string', format: 'date-time' };
export const aNumber: FactSchema = { type: 'number' };
export const aFlag: FactSchema = { type: 'boolean' };
export const anObject: FactSchema = { type: 'object' };

export const oneOf = (...values: string[]): FactSchema => ({ type: 'string', enum: values });
export const listOf = (items: FactSchema): FactSchema => ({ type: 'array', items });
export const nullable = (schema: FactSchema): FactSchema => ({ ...schema, type: [schema.type, 'null'].flat() });
export const described = (schema: FactSchema, description: string): FactSchema => ({ ...schema, description });

/** All of its members are there. */
export function aRecord<Value extends object>(properties: FactSchemas<Value>): FactSchema {
  return { type: 'object', properties: { ...properties }, required: Object.keys(properties) };
}
