import type { Schema } from 'joi';
import type { Route } from '../Route';
import { headersOf } from './headers';
import { jsonSchema, reference, type JsonSchema, type OpenApiObject } from './jsonSchema';
import { otherAnswers } from './otherAnswers';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  200: 'Success',
  201: 'Created',
  202: 'Accepted',
  204: 'Done, nothing to tell',
  302: 'Somewhere else',
};

export const FILE: JsonSchema = { type: 'string', format: 'binary' };

function fileContent(schema: Schema): OpenApiObject {
  const [{ contentTypes }] = schema.describe().metas as [{ contentTypes: readonly string[] }];
  return Object.fromEntries(contentTypes.map((type) => [type, { schema: FILE }]));
}

/**
 * What stands beside the items of a list. One that is asked for with a `limit` comes in pages, by the ways that its query
 * has; any other one is whole, and has nothing beside it.
 */
function metaOf({ method, query }: Route): OpenApiObject | null {
  const names = Object.keys((query && jsonSchema(query, 'input').properties) ?? {});
  if (method !== 'get' || !names.includes('limit')) return null;
  const byCursor = names.includes('cursor') || names.includes('after');
  if (names.includes('page')) return reference('schemas', 'ListMeta');
  return reference('schemas', byCursor ? 'CursorMeta' : 'LimitMeta');
}

/** An answer in JSON, in its envelope. */
function jsonContent(route: Route, schema: Schema): OpenApiObject {
  const data = jsonSchema(schema, 'output');
  const meta = data.type === 'array' ? metaOf(route) : null;
  const properties = { data, ...(meta && { meta }) };
  return { 'application/json': { schema: { type: 'object', required: Object.keys(properties), properties } } };
}

function success(route: Route, status: string, schema: Schema | null): OpenApiObject {
  const answer = { description: DESCRIPTIONS[status] ?? 'Success', headers: headersOf(route, Number(status)) };
  if (schema === null) return answer;
  return { ...answer, content: schema.type === 'binary' ? fileContent(schema) : jsonContent(route, schema) };
}

/** What an operation answers, by status. */
export function answers(route: Route): OpenApiObject {
  const declared = Object.entries(route.answers).map(([status, schema]) => [status, success(route, status, schema)]);
  return { ...(Object.fromEntries(declared) as OpenApiObject), ...otherAnswers(route) };
}
