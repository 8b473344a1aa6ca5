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
    expect(components.responses.NotModified).not.toHaveProperty('content');
  });
});
