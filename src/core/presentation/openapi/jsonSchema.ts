import type { Schema } from 'joi';

/** Any part of the document. */
export type OpenApiObject = Readonly<Record<string, unknown>>;

export interface JsonSchema extends OpenApiObject {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
}

/** What Joi knows of a schema, and its conversion to JSON Schema leaves out. */
interface Described {
  readonly type?: string;
  readonly flags?: { readonly only?: boolean; readonly presence?: 'required' | 'optional' | 'forbidden' };
  readonly keys?: Readonly<Record<string, Described>>;
  readonly items?: readonly Described[];
  readonly matches?: readonly { readonly schema?: Described }[];
  readonly allow?: readonly unknown[];
  /** `format` is one that strings have, or those of which they have one. */
  readonly metas?: readonly { readonly format?: string | readonly string[] }[];
}

/** What a request may send, or what an answer holds: everything that is declared, unless it is said to be optional. */
export type Direction = 'input' | 'output';

/** The JSON Schema (draft 2020-12) of a declaration. */
export function jsonSchema(schema: Schema, direction: Direction): JsonSchema {
  // Joi speaks the Standard JSON Schema interface; its declaration leaves the target open.
  const converted: unknown = schema['~standard'].jsonSchema[direction]({ target: 'draft-2020-12' });
  return mended(converted as JsonSchema, schema.describe(), direction);
}

function mended(node: JsonSchema, described: Described, direction: Direction): JsonSchema {
  const whole = { ...node, ...members(node, described, direction), ...parts(node, described, direction) };
  return withOthers(formatted(hexadecimal(nullable(whole)), described), described);
}

function members({ properties }: JsonSchema, { keys }: Described, direction: Direction): JsonSchema {
  if (!properties || !keys) return {};
  const inside = Object.fromEntries(
    Object.entries(properties).map(([name, node]) => [name, mended(node, keys[name] ?? {}, direction)]),
  );
  const required = Object.keys(keys).filter((name) => isRequired(keys[name]?.flags?.presence, direction));
  return { properties: inside, ...(required.length > 0 && { required }) };
}

/** Answers are held against their schemas as if `required` stood at every member; see RouteRunner. */
function isRequired(presence: string | undefined, direction: Direction): boolean {
  return direction === 'output' ? presence === undefined || presence === 'required' : presence === 'required';
}

/** The items of an array, and the forms of what has several. */
function parts(node: JsonSchema, { items = [], matches = [] }: Described, direction: Direction): JsonSchema {
  const [item] = items;
  if (node.items && item && items.length === 1) return { items: mended(node.items, item, direction) };
  const forms = node.anyOf ?? [];
  // Where null is allowed as well, it stands before them.
  const before = forms.length - matches.length;
  if (matches.length === 0) return {};
  return { anyOf: forms.map((form, at) => mended(form, matches[at - before]?.schema ?? {}, direction)) };
}

/** Joi counts null to the types, and forgets it among the values. */
function nullable(node: JsonSchema): JsonSchema {
  const { type, enum: values } = node;
  if (!values || !Array.isArray(type) || !type.includes('null') || values.includes(null)) return node;
  return { ...node, enum: [...values, null] };
}

/** JSON Schema knows no format of that name: readers of the document would stumble over it, or look past it. */
function hexadecimal({ format, ...node }: JsonSchema): JsonSchema {
  if (format === 'hex') return { ...node, pattern: '^[0-9a-fA-F]+$' };
  return { ...node, ...(format !== undefined && { format }) };
}

/** A rule in code has no form of its own in JSON Schema: the declaration names it. */
function formatted(node: JsonSchema, { metas = [] }: Described): JsonSchema {
  const format = metas.find((meta) => meta.format !== undefined)?.format;
  if (format === undefined) return node;
  if (typeof format === 'string') return { ...node, format };
  const forms = format.map((each) => ({ type: 'string', format: each }));
  return inForms(node, node.type === 'string' ? forms : [...forms, { type: 'null' }]);
}

/** Texts that are allowed beside those of a format or pattern, which Joi takes for some of them. */
function withOthers(node: JsonSchema, { type, flags, allow = [] }: Described): JsonSchema {
  const others = allow.filter((value) => typeof value === 'string');
  if (type !== 'string' || flags?.only || others.length === 0 || !(node.format ?? node.pattern)) return node;
  const { description, ...form } = node;
  return inForms({ description }, [form, { type: 'string', enum: others }]);
}

/** What has one of these forms. */
function inForms({ description }: JsonSchema, anyOf: readonly JsonSchema[]): JsonSchema {
  return { ...(description !== undefined && { description }), anyOf };
}

/** Refers to a component of the document. */
export function reference(kind: 'schemas' | 'parameters' | 'headers' | 'responses', name: string): OpenApiObject {
  return { $ref: `#/components/${kind}/${name}` };
}
