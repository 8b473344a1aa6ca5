import type { Route } from '../../src/core/presentation/Route';
import type { ApiAnswer } from '../support/ApiClient';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { nameOf } from '../support/declaredRoutes';
import { eventually } from '../support/eventually';
import { addMember, signUp } from '../support/people';
import { SocketClient } from '../support/SocketClient';
import type { TestPlatform } from '../support/testPlatform';
import { sendParts } from '../support/upload';
import { type Attack, attacksOn, CALLERS, inWorkspace } from './attacks';
import { PREPARATIONS } from './preparations';
import { sampleRequest, Unfilled } from './sampleRequest';
import { makeTenant, type Tenant } from './Tenant';

export interface Report {
  readonly routes: number;
  /** How many attacks each caller made. */
  readonly attacks: ReadonlyMap<Attack['caller'], number>;
  /** One line for each attack that came through, and for each route that could not be attacked. */
  readonly failures: readonly string[];
}

/**
 * Attacks every route with everything that its declaration lets a request name: as everybody who must not come
 * through, on a victim's workspace, and from an own workspace on each of the victim's ids. Every answer must be a
 * refusal of the right kind that tells nothing of the victim, and in the end nothing may have changed: no row, no
 * event, no mail, no frame on the victim's socket. To show that none was refused for some other reason, the one who
 * may makes the same request, and is served.
 */
export async function proveIsolation(platform: TestPlatform, routes: readonly Route[]): Promise<Report> {
  const [victim, own] = [await makeTenant(platform), await makeTenant(platform)];
  const outsider = await signUp(platform, { name: 'Outsider' });
  const socket = await SocketClient.connect(platform.address, {
    token: victim.owner.accessToken,
    workspaceId: victim.workspaceId,
  });
  const attacks = new Map<Attack['caller'], number>(CALLERS.map((caller) => [caller, 0]));
  const failures: string[] = [];
  try {
    const changes = await changesOf(platform);
    for (const route of routes) {
      const found = await attackable(route, async () => {
        const cameThrough: string[] = [];
        for (const attack of attacksOn(route, victim, own, outsider)) {
          attacks.set(attack.caller, (attacks.get(attack.caller) ?? 0) + 1);
          cameThrough.push(...judge(attack, await send(platform, route, attack), victim));
        }
        return [...cameThrough, ...(await changes()).map((table) => `changed ${table}`)];
      });
      failures.push(...found);
    }
    failures.push(...(await heard(platform, socket, victim)));
  } finally {
    socket.disconnect();
  }
  for (const route of routes.filter(inWorkspace)) {
    // What only reads leaves the workspace as it was, so that one serves all.
    const tenant = isRead(route) ? own : await makeTenant(platform);
    failures.push(...(await attackable(route, () => control(platform, route, tenant))));
  }
  return { routes: routes.length, attacks, failures };
}

/** Watches a platform. @returns what tells the tables that have changed since it was asked last, or since now */
async function changesOf(platform: TestPlatform): Promise<() => Promise<string[]>> {
  let before = await databaseSnapshot(platform);
  return async () => {
    const after = await databaseSnapshot(platform);
    const changed = Object.keys(before).filter((table) => before[table] !== after[table]);
    before = after;
    return changed;
  };
}

/** What is wrong with a route, each line with its name; that it can not be tried is wrong too. */
async function attackable(route: Route, attempt: () => Promise<readonly string[]>): Promise<string[]> {
  const name = nameOf(route);
  try {
    return (await attempt()).map((line) => `${name}: ${line}`);
  } catch (error) {
    if (error instanceof Unfilled) return [`${name}: can not be tried, ${error.message}`];
    throw error;
  }
}

function judge({ caller, what, expected }: Attack, { status, body }: ApiAnswer, { marker }: Tenant): string[] {
  const attack = `${caller}, ${what}`;
  return [
    ...(expected.includes(status) ? [] : [`${attack}: answered ${status} ${body?.code ?? ''}`]),
    ...(JSON.stringify(body ?? '').includes(marker) ? [`${attack}: tells of the victim`] : []),
  ];
}

function send(
  platform: TestPlatform,
  route: Route,
  { person, request, workspaceId }: Pick<Attack, 'person' | 'request' | 'workspaceId'>,
): Promise<ApiAnswer> {
  const { params, query, body } = request;
  const path = route.path.replaceAll(/:(\w+)/g, (_match, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  const [method, target] = [route.method.toUpperCase(), search ? `${path}?${search}` : path];
  if (route.upload && person) {
    const parts = [[route.upload.field, Buffer.from('sample')]] as const;
    return sendParts(platform, person, [method, target], parts, { 'X-Workspace-Id': workspaceId });
  }
  const api = person ? platform.api.as(person.accessToken, workspaceId) : platform.api;
  return api.send(method, target, body);
}

/** What the victim's socket heard before something did happen in the workspace, which is made to happen now. */
async function heard(platform: TestPlatform, socket: SocketClient, { owner, workspaceId }: Tenant): Promise<string[]> {
  const { id } = await addMember(platform, owner, workspaceId);
  const joined = () =>
    socket.heard.findIndex(({ name, facts }) => name === 'workspace:member:joined' && facts.userId === id);
  await eventually(() => expect(joined()).not.toBe(-1));
  return socket.heard.slice(0, joined()).map(({ name }) => `the victim’s socket heard ${name}`);
}

const isRead = (route: Route): boolean => route.method === 'get' && !(nameOf(route) in PREPARATIONS);

/** The same request by who may make it. */
async function control(platform: TestPlatform, route: Route, tenant: Tenant): Promise<string[]> {
  const person = (await PREPARATIONS[nameOf(route)]?.(tenant, platform)) ?? tenant.owner;
  const { workspaceId } = tenant;
  const { status, body } = await send(platform, route, { person, workspaceId, request: sampleRequest(route, tenant) });
  return status < 300 ? [] : [`${person.name} may, but is answered ${status} ${body.code}`];
}
