import type { Schema } from 'joi';
import { isInWorkspace, isTagged, takesKey, type Access, type Route, type StreamedUpload, type Upload } from '../Route';
import { answers, FILE } from './answers';
import { COMPONENTS } from './components';
import { jsonSchema, reference, type OpenApiObject } from './jsonSchema';

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

function parameters(schema: Schema | undefined, place: 'path' | 'query'): OpenApiObject[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input');
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

/** The headers by which HTTP lets a caller state conditions. */
function conditions(route: Route): OpenApiObject[] {
  const { method } = route;
  if (method === 'post') return takesKey(route) ? [reference('parameters', 'IdempotencyKey')] : [];
  if (method !== 'get') return [reference('parameters', 'IfMatch')];
  return isTagged(route) ? [reference('parameters', 'IfNoneMatch')] : [];
}

function operationId({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function requestBody({ body, upload }: Route): OpenApiObject | undefined {
  if (upload) return { required: true, content: { 'multipart/form-data': { schema: uploadSchema(upload) } } };
  return body && { required: true, content: { 'application/json': { schema: jsonSchema(body, 'input') } } };
}

function uploadSchema({ field, maxBytes, description }: Upload<unknown> | StreamedUpload): OpenApiObject {
  const property = { ...FILE, description: `${description}; at most ${maxBytes} bytes` };
  return { type: 'object', required: [field], additionalProperties: false, properties: { [field]: property } };
}

function operation(route: Route): OpenApiObject {
  const { access, path, summary } = route;
  const body = requestBody(route);
  return {
    operationId: operationId(route),
    tags: [path.split('/')[1]],
    summary,
    description: accessNote(access),
    ...(access.kind === 'anyone' && { security: [] }),
    parameters: [
      ...parameters(route.params, 'path'),
      ...(isInWorkspace(route) && !path.startsWith('/workspaces/:id') ? [reference('parameters', 'WorkspaceId')] : []),
      ...parameters(route.query, 'query'),
      ...conditions(route),
      ...(access.kind !== 'anyone' && route.method !== 'get' ? [reference('parameters', 'CsrfToken')] : []),
    ],
    ...(body && { requestBody: body }),
    responses: answers(route),
  };
}

/** The OpenAPI 3.1 document of the routes: derived from their declarations, once, at boot. */
export function openApiDocument(routes: readonly Route[], apiBase: string, version: string): OpenApiObject {
  const paths: Record<string, OpenApiObject> = {};
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
