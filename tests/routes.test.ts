import { openApiDocument } from '../src/core/presentation/openapi/openApiDocument';
import { parametersOf, readerOf } from '../src/core/presentation/Route';
import { modules } from '../src/modules';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly { readonly name?: string; readonly in?: string }[];
}

/** The declarations stand in the constructor, which needs nothing to make them. */
const routes = modules.flatMap(({ controllers }) => controllers).flatMap((Controller) => new Controller().routes);

const { paths } = openApiDocument(routes, '/api/v1', '1.0.0') as { paths: Record<string, Record<string, Operation>> };
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method })),
);

describe('The routes of all modules', () => {
  it('are declared once each', () => {
    const names = routes.map(({ method, path }) => `${method} ${path}`);
    expect(names.length).toBeGreaterThan(0);
    expect([...new Set(names)]).toEqual(names);
  });

  it('are all in the OpenAPI document, and nothing else is', () => {
    const documented = operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`);
    expect(documented.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it('have names there that no other one has', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('declare each parameter of their path, and no other one', () => {
    for (const { path, parameters } of operations) {
      const declared = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(declared).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });

  it('ask for permissions that there are', () => {
    const keys = modules.flatMap(({ permissions }) => permissions).map(({ key }) => key);
    for (const { access } of routes) if (access.kind === 'permission') expect(keys).toContain(access.permission);
  });

  it('are public only where one can not be signed in yet', () => {
    const open = routes.filter(({ access }) => access.kind === 'anyone').map(({ path }) => path);
    expect(open.filter((path) => !path.startsWith('/auth/'))).toEqual([]);
  });

  it('change what can be read, where they say that it is something else than their own path', () => {
    const changing = routes.filter(({ changes }) => changes !== undefined);
    expect(changing.length).toBeGreaterThan(0);
    for (const route of changing) {
      expect(readerOf(route, routes)?.method).toBe('get');
      const own = parametersOf(route.path);
      for (const name of parametersOf(route.changes ?? '')) expect(own).toContain(name);
    }
  });

  it('tell in a line what they are for', () => {
    for (const { summary } of routes) expect(summary).toMatch(/^[A-Z].{5,100}[^.]$/);
  });
});
