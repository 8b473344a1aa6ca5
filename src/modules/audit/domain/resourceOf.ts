import { isUuid } from '../../../core/domain/Id';

/** What something was done to. */
export interface Resource {
  readonly type: string;
  readonly id: string;
}

type Facts = Readonly<Record<string, unknown>>;

function idIn(value: unknown): string | undefined {
  const { id } = { ...(value as { id?: unknown } | null) };
  return isUuid(id) ? id : undefined;
}

/** What happens to a workspace itself, `workspace.created`, and not to something of it, `workspace.member-joined`. */
const OF_WORKSPACE = /^workspace\.[a-z]+$/;

/**
 * The resource of an event: the one that it carries under its name, `role: { id, … }`, else the first that it names by
 * its id, `roleId`; all events keep to that. One that names none is about its workspace, if it has one.
 * The resource is taken out of the details, and what it was like after the event with it: the audit is no copy of it.
 */
export function resourceOf(
  type: string,
  facts: Facts,
  workspaceId: string | null,
): { resource: Resource | null; details: Facts } {
  const entries = Object.entries(facts);
  const carried = entries.find(([, value]) => idIn(value) !== undefined);
  const isNamed = ([name, value]: [string, unknown]): boolean => /.Id$/.test(name) && isUuid(value);
  const named = carried ?? (OF_WORKSPACE.test(type) ? undefined : entries.find(isNamed));
  if (!named) return { resource: workspaceId === null ? null : { type: 'workspace', id: workspaceId }, details: facts };
  const [name, value] = named;
  const resource = carried ? { type: name, id: idIn(value) ?? '' } : { type: name.slice(0, -2), id: String(value) };
  return { resource, details: Object.fromEntries(entries.filter(([other]) => other !== name)) };
}
