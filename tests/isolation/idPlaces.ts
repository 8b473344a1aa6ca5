import type { Schema } from 'joi';
import type { Route } from '../../src/core/presentation/Route';

/** What Joi tells of a schema, as far as samples and ids depend on it. */
export interface Described {
  readonly type?: string;
  readonly flags?: { readonly only?: boolean; readonly presence?: string; readonly default?: unknown };
  readonly allow?: readonly unknown[];
  readonly metas?: readonly { readonly resource?: string }[];
  readonly keys?: Readonly<Record<string, Described>>;
  readonly items?: readonly Described[];
  readonly matches?: readonly { readonly schema?: Described }[];
}

/** Where a request holds an id, and of what. */
export interface IdPlace {
  readonly part: 'params' | 'query' | 'body';
  /** The way to it inside its part. */
  readonly path: readonly string[];
  readonly resource: string;
}

export const describe = (schema: Schema | undefined): Described => (schema ? schema.describe() : {});

export const resourceOf = ({ metas = [] }: Described): string | undefined =>
  metas.find(({ resource }) => resource !== undefined)?.resource;

function placesIn(part: IdPlace['part'], described: Described, path: readonly string[]): IdPlace[] {
  const resource = resourceOf(described);
  if (resource !== undefined) return [{ part, path, resource }];
  const members = [
    ...Object.entries(described.keys ?? {}),
    ...(described.items ?? []).slice(0, 1).map((item) => ['0', item] as const),
  ];
  return members.flatMap(([name, member]) => placesIn(part, member, [...path, name]));
}

/** Every place of a route's requests that names a resource by its id, read from its declaration. */
export function idPlaces(route: Route): readonly IdPlace[] {
  const parts = ['params', 'query', 'body'] as const;
  return parts.flatMap((part) => placesIn(part, describe(route[part]), []));
}
