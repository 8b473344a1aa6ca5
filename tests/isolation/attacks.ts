import { randomUUID } from 'node:crypto';
import type { Route } from '../../src/core/presentation/Route';
import type { Person } from '../support/people';
import { type IdPlace, idPlaces } from './idPlaces';
import { sampleRequest, type SampleRequest, Unfilled, withValue } from './sampleRequest';
import type { Tenant } from './Tenant';

/** Those who must not come through. */
export const CALLERS = [
  'nobody',
  'outsider',
  'owner elsewhere',
  'machine elsewhere',
  'powerless member',
  'removed member',
  'banned member',
] as const;

export interface Attack {
  readonly caller: (typeof CALLERS)[number];
  /** Nobody has no credentials. */
  readonly person: Pick<Person, 'accessToken'> | null;
  readonly request: SampleRequest;
  /** The workspace the request names, where the path does not. */
  readonly workspaceId: string;
  /** What it must be answered with, one of these. */
  readonly expected: readonly number[];
  readonly what: string;
}

const NOT_FOUND = [404];
/** An id in a body or a filter may also be refused as what it is: of nobody who is a member. */
const REFUSED = [404, 422];
const ANY_REFUSAL = [400, 401, 403, 404, 409, 410, 412, 422];

export const inWorkspace = ({ access }: Route): boolean => access.kind === 'member' || access.kind === 'permission';

/**
 * Everything that a route's declaration lets those name who must not.
 * @throws Unfilled when it asks for a value that nobody has taught the generator
 */
export function attacksOn(route: Route, victim: Tenant, own: Tenant, outsider: Person): Attack[] {
  return inWorkspace(route)
    ? [...onTheWorkspace(route, victim, own, outsider), ...fromAnother(route, victim, own)]
    : onThePerson(route, victim, own, outsider);
}

/** The whole request is the victim's; only the caller is wrong. */
function onTheWorkspace(route: Route, victim: Tenant, own: Tenant, outsider: Person): Attack[] {
  const request = sampleRequest(route, victim);
  const common = { request, workspaceId: victim.workspaceId, what: 'in the victim’s workspace' };
  return [
    { ...common, caller: 'nobody', person: null, expected: [401] },
    { ...common, caller: 'outsider', person: outsider, expected: NOT_FOUND },
    { ...common, caller: 'owner elsewhere', person: own.owner, expected: NOT_FOUND },
    { ...common, caller: 'machine elsewhere', person: own.machine, expected: NOT_FOUND },
    { ...common, caller: 'removed member', person: victim.removed, expected: NOT_FOUND },
    { ...common, caller: 'banned member', person: victim.banned, expected: NOT_FOUND },
    ...(route.access.kind === 'permission'
      ? [{ ...common, caller: 'powerless member', person: victim.powerless, expected: [403] } as const]
      : []),
  ];
}

/** The caller is in a workspace of their own, with every permission there; one id after the other is the victim's. */
function fromAnother(route: Route, victim: Tenant, own: Tenant): Attack[] {
  const request = sampleRequest(route, own);
  const common = { caller: 'owner elsewhere', person: own.owner, workspaceId: own.workspaceId } as const;
  const attacks: Attack[] = [];
  for (const place of idPlaces(route)) {
    const where = `${place.part}.${place.path.join('.')}`;
    const swap = (value: unknown, expected: readonly number[], what: string): void => {
      attacks.push({ ...common, request: withValue(request, place, value), expected, what: `${what} ${where}` });
    };
    const refused = place.part === 'params' ? NOT_FOUND : REFUSED;
    swap(foreignId(place, victim), refused, 'the victim’s');
    swap(randomUUID(), refused, 'an unknown');
    for (const malformed of ['1', `${foreignId(place, victim)}x`, '%00', "' OR 1=1--"])
      swap(malformed, [400], 'a malformed');
  }
  if (route.method !== 'get' && !route.upload) {
    const body = { ...(request.body as object | undefined), workspaceId: victim.workspaceId };
    attacks.push({
      ...common,
      request: { ...request, body },
      expected: [400],
      what: 'the victim’s workspaceId in the body',
    });
  }
  const query = { ...request.query, workspaceId: victim.workspaceId };
  attacks.push({
    ...common,
    request: { ...request, query },
    expected: [400],
    what: 'the victim’s workspaceId in the query',
  });
  return attacks;
}

/** Outside workspaces: what is the victim’s own is nobody else’s, wherever its id stands. */
function onThePerson(route: Route, victim: Tenant, own: Tenant, outsider: Person): Attack[] {
  const places = idPlaces(route);
  if (route.access.kind !== 'platform-admin' && places.length === 0) return [];
  const request = sampleRequest(route, victim);
  const common = { request, workspaceId: victim.workspaceId, what: 'with the victim’s ids' };
  const expected = route.access.kind === 'platform-admin' ? [403] : ANY_REFUSAL;
  return [
    { ...common, caller: 'nobody', person: null, expected: route.access.kind === 'anyone' ? ANY_REFUSAL : [401] },
    { ...common, caller: 'outsider', person: outsider, expected },
    { ...common, caller: 'owner elsewhere', person: own.owner, expected },
    { ...common, caller: 'machine elsewhere', person: own.machine, expected },
    { ...common, caller: 'removed member', person: victim.removed, expected },
  ];
}

function foreignId({ resource }: IdPlace, victim: Tenant): string {
  const id = victim.ids[resource];
  if (id === undefined) throw new Unfilled(`no ${resource}`);
  return id;
}
