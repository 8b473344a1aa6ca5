import type { Schema } from 'joi';
import type { Route } from '../../src/core/presentation/Route';
import { describe, type Described, type IdPlace, resourceOf } from './idPlaces';

/** A request of a route with a valid value wherever one is needed. */
export interface SampleRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Where valid values come from: ids by the resource they name, all else by the name of the member. */
export interface Samples {
  readonly ids: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The generator knows no value: the declaration asks for something that nobody has taught it. */
export class Unfilled extends Error {}

function sampleOf(name: string, described: Described, samples: Samples): unknown {
  const resource = resourceOf(described);
  if (resource !== undefined) {
    const id = samples.ids[resource];
    if (id === undefined) throw new Unfilled(`no ${resource} for ${name}`);
    return id;
  }
  if (described.type === 'object') return objectOf(described, samples);
  if (name in samples.values) return samples.values[name];
  if (described.flags?.only) return described.allow?.[0];
  switch (described.type) {
    case 'array':
      return (described.items ?? []).slice(0, 1).map((item) => sampleOf(name, item, samples));
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'string':
      return 'Changed';
    default:
      throw new Unfilled(`no value for ${name}`);
  }
}

/** What is required, and every id; where nothing is required, the first member that can be filled. */
function objectOf({ keys = {} }: Described, samples: Samples): Record<string, unknown> {
  const members = Object.entries(keys);
  const wanted = members.filter(([, member]) => member.flags?.presence === 'required' || holdsId(member));
  const chosen = wanted.length > 0 ? wanted : members.slice(0, 1);
  return Object.fromEntries(chosen.map(([name, member]) => [name, sampleOf(name, member, samples)]));
}

function holdsId(described: Described): boolean {
  const inside = [...Object.values(described.keys ?? {}), ...(described.items ?? [])];
  return resourceOf(described) !== undefined || inside.some(holdsId);
}

function partOf(schema: Schema | undefined, samples: Samples, name: string): Record<string, unknown> {
  if (!schema) return {};
  const value = objectOf(describe(schema), samples);
  const { error } = schema.validate(value, { convert: name !== 'body' });
  if (error) throw new Unfilled(`${name} is not valid: ${error.message}`);
  return value;
}

/**
 * A request that a route would serve.
 * @throws Unfilled
 */
export function sampleRequest(route: Route, samples: Samples): SampleRequest {
  const optionalQuery = describe(route.query).keys ?? {};
  const asksForQuery = Object.values(optionalQuery).some((key) => key.flags?.presence === 'required' || holdsId(key));
  return {
    params: partOf(route.params, samples, 'params') as Record<string, string>,
    query: asksForQuery ? partOf(route.query, samples, 'query') : {},
    body: route.body && partOf(route.body, samples, 'body'),
  };
}

/** The same request with another value in one place. */
export function withValue(request: SampleRequest, { part, path }: IdPlace, value: unknown): SampleRequest {
  return { ...request, [part]: replaced(request[part], path, value) };
}

function replaced(target: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  const copy = (Array.isArray(target) ? [...target] : { ...(target as object) }) as Record<string, unknown>;
  copy[step] = replaced(copy[step], rest, value);
  return copy;
}
