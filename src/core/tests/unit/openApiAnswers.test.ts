import Joi from 'joi';
import { openApiDocument } from '../../presentation/openapi/openApiDocument';
import { anyone, noContent, permission, route, signedIn, type Route } from '../../presentation/Route';
import { fileOf, id } from '../../presentation/schema';

const handle = async () => noContent();
const access = permission('lamps.read');
const lampView = Joi.object({ id: id('lamp') });
const params = Joi.object({ id: id('lamp').required() });
const body = Joi.object({ name: Joi.string() });
const summary = '';

const ROUTES: readonly Route[] = [
  route({ method: 'get', path: '/lamps', summary, access, answers: { 200: Joi.array() }, handle }),
  route({ method: 'post', path: '/lamps', summary, access, body, answers: { 201: lampView }, handle }),
  route({ method: 'get', path: '/lamps/:id', summary, access, params, answers: { 200: lampView }, handle }),
  route({ method: 'put', path: '/lamps/:id', summary, access, params, body, answers: { 200: lampView }, handle }),
  route({ method: 'delete', path: '/lamps/:id', summary, access, params, answers: { 204: null }, handle }),
  route({ method: 'post', path: '/lamps/:id/light', summary, access, params, answers: { 200: lampView }, handle }),
  route({ method: 'get', path: '/drawing', summary, access, answers: { 200: fileOf('image/png'), 302: null }, handle }),
  route({ method: 'get', path: '/test', summary, access, answers: { 200: Joi.object() }, tagged: false, handle }),
  route({ method: 'post', path: '/mend', summary, access, answers: { 200: lampView }, tagged: true, handle }),
  route({ method: 'get', path: '/me', summary, access: signedIn(), answers: { 200: lampView }, handle }),
  route({
    method: 'put',
    path: '/me',
    summary,
    access: signedIn(),
    body,
    answers: { 200: lampView },
    requiresIfMatch: true,
    handle,
  }),
  route({
    method: 'post',
    path: '/sign-in',
    summary,
    access: anyone(),
    body,
    answers: { 200: lampView },
    rateLimit: 'credentials',
    handle,
  }),
];

/** As clients read it: over the wire, and of any shape. */
const { paths, components } = JSON.parse(JSON.stringify(openApiDocument(ROUTES, '/api/v1', '1.2.3')));

const headersOf = (path: string, method: string, status: number): string[] =>
  Object.keys(paths[path][method].responses[status].headers).sort();

const ALWAYS = ['RateLimit', 'RateLimit-Policy', 'X-Request-Id'];

describe('The OpenAPI document, of answers', () => {
  it.each([
    ['get', '/lamps', 200, []],
    ['post', '/lamps', 201, ['Idempotency-Replayed', 'Location']],
    ['get', '/lamps/{id}', 200, ['ETag']],
    ['put', '/lamps/{id}', 200, ['ETag']],
    ['delete', '/lamps/{id}', 204, []],
    ['post', '/lamps/{id}/light', 200, ['Idempotency-Replayed']],
    ['get', '/drawing', 200, ['ETag']],
    ['get', '/drawing', 302, ['Location']],
    ['get', '/test', 200, []],
    ['post', '/mend', 200, ['ETag', 'Idempotency-Replayed']],
    ['post', '/sign-in', 200, []],
  ])('names the headers of %s %s → %i', (method, path, status, own) => {
    expect(headersOf(path, method, status)).toEqual([...own, ...ALWAYS].sort());
  });

  it('describes a header once, and refers to it', () => {
    const { headers } = paths['/lamps/{id}'].get.responses[200];
    expect(headers.ETag).toEqual({ $ref: '#/components/headers/ETag' });
    expect(components.headers.ETag).toMatchObject({ required: true, schema: { type: 'string' } });
  });

  it('answers 304 where there is an ETag, and asks for it there', () => {
    const conditional = Object.entries<Record<string, { responses: object; parameters: object[] }>>(paths).filter(
      ([, { get }]) => get && '304' in get.responses,
    );
    expect(conditional.map(([path]) => path)).toEqual(['/lamps/{id}', '/drawing', '/me']);
    for (const [, { get }] of conditional) {
      expect(get?.parameters).toContainEqual({ $ref: '#/components/parameters/IfNoneMatch' });
    }
  });

  it.each([
    ['get', '/lamps', [400, 401, 403, 404]],
    ['post', '/lamps', [400, 401, 403, 404, 409, 413, 415, 422]],
    ['put', '/lamps/{id}', [400, 401, 403, 404, 412, 413, 415]],
    ['delete', '/lamps/{id}', [400, 401, 403, 404, 412]],
    ['put', '/me', [400, 401, 403, 412, 413, 415, 428]],
    ['post', '/sign-in', [400, 413, 415]],
  ])('lists the refusals that the declaration of %s %s implies, besides 429 and 503', (method, path, expected) => {
    const refusals = Object.keys(paths[path][method].responses).filter((status) => Number(status) >= 400);
    expect(refusals).toEqual([...expected, 429, 503].map(String));
  });

  it('describes a refusal once, as a problem', () => {
    expect(paths['/lamps'].get.responses[401]).toEqual({ $ref: '#/components/responses/Unauthenticated' });
    const { NotModified, ...refusals } = components.responses;
    for (const { content } of Object.values<{ content: object }>(refusals)) {
      expect(content).toEqual({ 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } });
    }
    expect(Object.keys(components.responses.TooMany.headers)).toContain('Retry-After');
    expect(Object.keys(components.responses.Unauthenticated.headers)).toContain('WWW-Authenticate');
    expect(NotModified).not.toHaveProperty('content');
  });
});
