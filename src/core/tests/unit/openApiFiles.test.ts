import { Readable } from 'node:stream';
import { openApiDocument } from '../../presentation/openapi/openApiDocument';
import { download, noContent, platformAdmin, route, signedIn, type Route } from '../../presentation/Route';
import { fileOf } from '../../presentation/schema';

const ROUTES: readonly Route[] = [
  route({
    method: 'put',
    path: '/lamp',
    summary: 'Upload a lamp',
    access: platformAdmin(),
    upload: { field: 'lamp', maxBytes: 1024, description: 'A drawing' },
    answers: { 204: null },
    handle: async () => noContent(),
  }),
  route({
    method: 'get',
    path: '/lamp',
    summary: 'Download a lamp',
    access: signedIn(),
    answers: { 200: fileOf('image/png') },
    handle: async () => download({ open: async () => Readable.from(['lamp']) }, 'image/png', 'lamp.png'),
  }),
];

/** As clients read it: over the wire, and of any shape. */
const { paths } = JSON.parse(JSON.stringify(openApiDocument(ROUTES, '/api/v1', '1.2.3')));

describe('The OpenAPI document, of files', () => {
  it('describes an upload as one part of a multipart body', () => {
    expect(paths['/lamp'].put.requestBody).toEqual({
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            required: ['lamp'],
            additionalProperties: false,
            properties: { lamp: { type: 'string', format: 'binary', description: 'A drawing; at most 1024 bytes' } },
          },
        },
      },
    });
  });

  it('describes a download by its media type, without an envelope, and with its condition', () => {
    const { responses, parameters, requestBody } = paths['/lamp'].get;
    expect(responses['200'].content).toEqual({ 'image/png': { schema: { type: 'string', format: 'binary' } } });
    expect(parameters).toEqual([{ $ref: '#/components/parameters/IfNoneMatch' }]);
    expect(requestBody).toBeUndefined();
  });

  it('tells what is for platform admins', () => {
    expect(paths['/lamp'].put.description).toBe('Platform admins.');
  });
});
