import Joi from 'joi';
import { openApiDocument } from '../../presentation/openapi/openApiDocument';
import { listQuery } from '../../presentation/pagination';
import { PROBLEMS } from '../../presentation/problem';
import { anyone, member, noContent, permission, route, signedIn, type Route } from '../../presentation/Route';
import { byWorkspaceId, id, parsed } from '../../presentation/schema';

const handle = async () => noContent();

const lampView = Joi.object({ id: id('lamp'), name: Joi.string() });

const ROUTES: readonly Route[] = [
  route({
    method: 'get',
    path: '/lamps',
    summary: 'List lamps',
    access: permission('lamps.read'),
    query: Joi.object({ limit: Joi.number().integer().max(100).default(20), lit: Joi.boolean().required() }),
    answers: { 200: Joi.array().items(lampView) },
    handle,
  }),
  route({
    method: 'post',
    path: '/lamps',
    summary: 'Add a lamp',
    access: permission('lamps.create'),
    body: Joi.object({ name: parsed(String, 'On one line', 100).required(), watts: Joi.number() }),
    answers: { 201: lampView },
    handle,
  }),
  route({
    method: 'delete',
    path: '/lamps/:id',
    summary: 'Remove a lamp',
    access: permission('lamps.delete', { orSelf: 'id' }),
    params: Joi.object({ id: id('lamp').required() }),
    answers: { 204: null },
    handle,
  }),
  route({
    method: 'get',
    path: '/workspaces/:id/shades',
    summary: 'List shades',
    access: member(),
    params: byWorkspaceId,
    answers: { 200: Joi.array().items(Joi.string()) },
    handle,
  }),
  route({ method: 'get', path: '/me', summary: 'Me', access: signedIn(), answers: { 200: lampView }, handle }),
  route({
    method: 'post',
    path: '/sign-in',
    summary: 'Sign in',
    access: anyone(),
    body: Joi.object({ name: Joi.string().required() }),
    answers: { 200: lampView, 202: null },
    handle,
  }),
];

/** A document as clients read it: over the wire, and of any shape. */
const document = JSON.parse(JSON.stringify(openApiDocument(ROUTES, '/api/v1', '1.2.3')));

const namesOf = (parameters: { name?: string; $ref?: string }[]) => parameters.map(({ name, $ref }) => name ?? $ref);

describe('The OpenAPI document', () => {
  it('tells its version, the platform’s, and where the API stands', () => {
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Atrium', version: '1.2.3', license: { identifier: 'MIT' } },
      servers: [{ url: '/api/v1' }],
    });
  });

  it('has every route under its path and method, and no other one', () => {
    expect(Object.keys(document.paths)).toEqual([
      '/lamps',
      '/lamps/{id}',
      '/workspaces/{id}/shades',
      '/me',
      '/sign-in',
    ]);
    expect(Object.keys(document.paths['/lamps'])).toEqual(['get', 'post']);
    expect(document.paths['/lamps'].get.summary).toBe('List lamps');
  });

  it('names each operation after its method and path', () => {
    expect(document.paths['/lamps/{id}'].delete.operationId).toBe('deleteLampsId');
    expect(document.paths['/sign-in'].post.operationId).toBe('postSignIn');
  });

  it('sorts operations by the first part of their path, each of which it declares', () => {
    expect(document.tags).toEqual(['lamps', 'workspaces', 'me', 'sign-in'].map((name) => ({ name })));
    expect(document.paths['/lamps/{id}'].delete.tags).toEqual(['lamps']);
  });

  it('asks for a bearer token or a cookie, but for what is public', () => {
    expect(document.security).toEqual([{ bearer: [] }, { cookie: [] }]);
    expect(document.components.securitySchemes.bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
    expect(document.paths['/sign-in'].post.security).toEqual([]);
    expect(document.paths['/me'].get).not.toHaveProperty('security');
  });

  it.each([
    ['/sign-in', 'post', 'Public.'],
    ['/me', 'get', 'Signed in.'],
    ['/workspaces/{id}/shades', 'get', 'Any member of the workspace.'],
    ['/lamps', 'get', 'Permission `lamps.read`.'],
    ['/lamps/{id}', 'delete', 'Permission `lamps.delete`, or oneself.'],
  ])('tells who may call %s by %s', (path, method, description) => {
    expect(document.paths[path][method].description).toBe(description);
  });

  it('says so where the address has to be verified', () => {
    const [, , , , me] = ROUTES;
    const strict = { ...(me as Route), access: signedIn({ emailVerified: true }) };
    const { paths } = JSON.parse(JSON.stringify(openApiDocument([strict], '', '')));
    expect(paths['/me'].get.description).toBe('Signed in, with a verified e-mail address.');
  });

  it('names parameters with their place, their rules and whether they must be there', () => {
    const [, limit, lit] = document.paths['/lamps'].get.parameters;
    expect(limit).toMatchObject({
      name: 'limit',
      in: 'query',
      required: false,
      schema: { type: 'integer', maximum: 100, default: 20 },
    });
    expect(lit).toMatchObject({ name: 'lit', in: 'query', required: true, schema: { type: 'boolean' } });
    const [lamp] = document.paths['/lamps/{id}'].delete.parameters;
    expect(lamp).toMatchObject({ name: 'id', in: 'path', required: true, schema: { type: 'string' } });
  });

  it('takes the workspace from a header, unless it stands in the path', () => {
    const workspaceId = '#/components/parameters/WorkspaceId';
    expect(namesOf(document.paths['/lamps'].get.parameters)).toContain(workspaceId);
    expect(namesOf(document.paths['/lamps'].post.parameters)).toContain(workspaceId);
    expect(namesOf(document.paths['/workspaces/{id}/shades'].get.parameters)).not.toContain(workspaceId);
    expect(namesOf(document.paths['/me'].get.parameters)).not.toContain(workspaceId);
  });

  it('has the body where there is one, with what it takes', () => {
    expect(document.paths['/lamps'].post.requestBody).toMatchObject({
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['name'],
            properties: { name: { type: 'string', maxLength: 100, description: 'On one line' } },
          },
        },
      },
    });
    expect(document.paths['/lamps'].get).not.toHaveProperty('requestBody');
  });

  it('puts answers into their envelope, pages of lists with `meta`', () => {
    const schemaOf = (path: string, method: string, status: number) =>
      document.paths[path][method].responses[status].content['application/json'].schema;
    expect(schemaOf('/lamps', 'get', 200)).toMatchObject({
      required: ['data', 'meta'],
      properties: { data: { type: 'array' }, meta: { $ref: '#/components/schemas/LimitMeta' } },
    });
    expect(schemaOf('/lamps', 'post', 201)).toMatchObject({
      required: ['data'],
      properties: { data: { type: 'object', properties: { name: { type: 'string' } } } },
    });
    expect(document.paths['/lamps/{id}'].delete.responses[204]).not.toHaveProperty('content');
  });

  it('promises `meta` of lists that come in pages alone', () => {
    const whole = (['get', 'post'] as const).map((method) =>
      route({ method, path: '/bulbs', summary: '', access: member(), answers: { 200: Joi.array() }, handle }),
    );
    const { paths } = JSON.parse(JSON.stringify(openApiDocument(whole, '', '')));
    for (const method of ['get', 'post']) {
      const { schema } = paths['/bulbs'][method].responses[200].content['application/json'];
      expect(schema).toMatchObject({ required: ['data'], properties: { data: { type: 'array' } } });
      expect(schema.properties).not.toHaveProperty('meta');
    }
  });

  it.each([
    ['cursor and page', listQuery(['name']), 'ListMeta'],
    ['cursor', Joi.object({ limit: Joi.number(), cursor: Joi.string() }), 'CursorMeta'],
    ['the place in a list without end', Joi.object({ limit: Joi.number(), after: Joi.string() }), 'CursorMeta'],
    ['nothing but its length', Joi.object({ limit: Joi.number() }), 'LimitMeta'],
  ])('describes the `meta` of a list that is read by %s', (_ways, query, meta) => {
    const answers = { 200: Joi.array() };
    const list = route({ method: 'get', path: '/bulbs', summary: '', access: member(), query, answers, handle });
    const { paths } = JSON.parse(JSON.stringify(openApiDocument([list], '', '')));
    const { schema } = paths['/bulbs'].get.responses[200].content['application/json'];
    expect(schema.required).toEqual(['data', 'meta']);
    expect(schema.properties.meta).toEqual({ $ref: `#/components/schemas/${meta}` });
  });

  it('answers everything else with a problem, whose codes it lists', () => {
    for (const operations of Object.values<object>(document.paths)) {
      for (const { responses } of Object.values(operations)) {
        expect(responses.default).toEqual({ $ref: '#/components/responses/Problem' });
      }
    }
    expect(document.components.schemas.Problem.properties.code.enum).toEqual(Object.keys(PROBLEMS));
  });

  it('refers to nothing that is not there', () => {
    const references = JSON.stringify(document).match(/"#\/[^"]+"/g) ?? [];
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      const path = reference.slice(3, -1).split('/');
      expect(path.reduce((node, name) => node?.[name], document)).toBeDefined();
    }
  });
});
