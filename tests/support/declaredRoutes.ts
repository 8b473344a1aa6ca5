import type { Schema } from 'joi';
import type { Route } from '../../src/core/presentation/Route';
import { modules } from '../../src/modules';

/** Every route of every module. The declarations stand in the constructor, which needs nothing to make them. */
export const declaredRoutes: readonly Route[] = modules
  .flatMap(({ controllers }) => controllers)
  .flatMap((Controller) => new Controller().routes);

/** As it is spoken of: `post /auth/login`. */
export const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

interface Described {
  readonly type?: string;
  readonly keys?: Readonly<Record<string, Described>>;
  readonly items?: readonly Described[];
}

/** Where a schema takes a string: dotted paths, `0` for the first of an array. */
export function stringMembers(schema: Schema | undefined): string[] {
  return schema ? paths(schema.describe()) : [];
}

function paths({ type, keys = {}, items = [] }: Described): string[] {
  if (type === 'string') return [''];
  const inside = [...Object.entries(keys), ...items.slice(0, 1).map((item) => ['0', item] as const)];
  return inside.flatMap(([name, member]) => paths(member).map((path) => (path ? `${name}.${path}` : name)));
}
