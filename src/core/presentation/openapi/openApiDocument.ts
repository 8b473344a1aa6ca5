import type { Schema } from 'joi';
import { takesKey, type Access, type Route, type StreamedUpload, type Upload } from '../Route';
import { COMPONENTS } from './components';
import { jsonSchema, type JsonSchema } from './jsonSchema';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  200: 'Success',
  201: 'Created',
  202: 'Accepted',
  204: 'Done, nothing to tell',
  302: 'Somewhere else',
};

function accessNote(access: Access): string {
  switch (access.kind) {
    case 'anyone':
      return 'Public.';
    case 'signed-in':
      return access.emailVerified ? 'Signed in, with a verified e-mail address.' : 'Signed in.';
    case 'platform-admin':
      return 'Platform admins.';
    case 'member':
      return access.peopleOnly ? 'Any member of the workspace, but no API key.' : 'Any member of the workspace.';
    case 'permission':
      return `Permission \`${access.permission}\`${access.orSelf ? ', or oneself' : ''}.`;
  }
}

function parameters(schema: Schema | undefined, place: 'path' | 'query'): JsonSchema[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

/** The headers by which HTTP lets a caller state conditions. */
function conditions(route: Route): JsonSchema[] {
  const { method, answers: declared } = route;
  const reference = (name: string): JsonSchema => ({ $ref: `#/components/parameters/${name}` });
  if (method === 'post') return takesKey(route) ? [reference('IdempotencyKey')] : [];
  if (method !== 'get') return [reference('IfMatch')];
  const single = declared[200]?.type === 'object' || declared[200]?.type === 'binary';
  return single ? [reference('IfNoneMatch')] : [];
}

function operationId({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

const FILE: JsonSchema = { type: 'string', format: 'binary' };

function fileContent(schema: Schema): JsonSchema {
  const [{ contentTypes }] = schema.describe().metas as [{ contentTypes: readonly string[] }];
  return Object.fromEntries(contentTypes.map((type) => [type, { schema: FILE }]));
}

function requestBody({ body, upload }: Route): JsonSchema | undefined {
  if (upload) return { required: true, content: { 'multipart/form-data': { schema: uploadSchema(upload) } } };
  return body && { required: true, content: { 'application/json': { schema: jsonSchema(body, 'input') } } };
}

function uploadSchema({ field, maxBytes, description }: Upload<unknown> | StreamedUpload): JsonSchema {
  const property = { ...FILE, description: `${description}; at most ${maxBytes} bytes` };
  return { type: 'object', required: [field], additionalProperties: false, properties: { [field]: property } };
}

/** A list that is asked for with a `limit` comes in pages; any other one is whole. */
function isPaged({ method, query }: Route, data: JsonSchema): boolean {
  return method === 'get' && data.type === 'array' && parameters(query, 'query').some(({ name }) => name === 'limit');
}

function answers(route: Route): JsonSchema {
  const successes = Object.entries(route.answers).map(([status, schema]) => {
    const description = DESCRIPTIONS[status] ?? 'Success';
    if (schema === null) return [status, { description }];
    if (schema.type === 'binary') return [status, { description, content: fileContent(schema) }];
    const data = jsonSchema(schema, 'output');
    const properties = { data, ...(isPaged(route, data) && { meta: { type: 'object' } }) };
    const envelope = { type: 'object', required: Object.keys(properties), properties };
    return [status, { description, content: { 'application/json': { schema: envelope } } }];
  });
  return Object.fromEntries([...successes, ['default', { $ref: '#/components/responses/Problem' }]]) as JsonSchema;
}

function operation(route: Route): JsonSchema {
  const { access, path, summary } = route;
  const body = requestBody(route);
  const inWorkspace = access.kind === 'member' || access.kind === 'permission';
  return {
    operationId: operationId(route),
    tags: [path.split('/')[1]],
    summary,
    description: accessNote(access),
    ...(access.kind === 'anyone' && { security: [] }),
    parameters: [
      ...parameters(route.params, 'path'),
      ...(inWorkspace && !path.startsWith('/workspaces/:id') ? [{ $ref: '#/components/parameters/WorkspaceId' }] : []),
      ...parameters(route.query, 'query'),
      ...conditions(route),
      ...(access.kind !== 'anyone' && route.method !== 'get' ? [{ $ref: '#/components/parameters/CsrfToken' }] : []),
    ],
    ...(body && { requestBody: body }),
    responses: answers(route),
  };
}

/** The OpenAPI 3.1 document of the routes: derived from their declarations, once, at boot. */
export function openApiDocument(routes: readonly Route[], apiBase: string, version: string): JsonSchema {
  const paths: Record<string, JsonSchema> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Atrium',
      version,
      description: `Multi-tenant platform. Errors are problem documents; each \`code\` is explained at its \`type\`.`,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: apiBase }],
    security: [{ bearer: [] }, { cookie: [] }],
    tags: [...new Set(routes.map(({ path }) => path.split('/')[1] ?? ''))].map((name) => ({ name })),
    paths,
    components: COMPONENTS,
  };
}
