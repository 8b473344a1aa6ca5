type Facts = Readonly<Record<string, unknown>>;

/** A field that changed; without `before` and `after` where the event does not tell them. */
export interface Change {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

const without = (facts: Facts, ...names: readonly string[]): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => !names.includes(name)));

const isFacts = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is readonly string[] => Array.isArray(value);

/** The value of a field after the event: the event's own, or that of the resource it carries. */
function after(facts: Facts, field: string): unknown {
  return [facts, ...Object.values(facts).filter(isFacts)].find((each) => field in each)?.[field];
}

/** `changed: [field]`, with `before: { field: value }` where the old values may be told. */
function fields({ changed, before, ...facts }: Facts): Change[] {
  return (changed as readonly string[]).map((field) =>
    isFacts(before) && field in before ? { field, before: before[field], after: after(facts, field) } : { field },
  );
}

/** `added` and `removed`, of a list that the event tells as it is now. */
function list({ added, removed, ...facts }: Facts): Change[] {
  const [more, fewer] = [added as readonly string[], removed as readonly string[]];
  if (more.length + fewer.length === 0) return [];
  const field = 'roles' in facts ? 'roles' : 'permissions';
  const now = after(facts, field);
  if (!isList(now)) return [];
  return [{ field, before: [...now.filter((each) => !more.includes(each)), ...fewer].sort(), after: [...now].sort() }];
}

/** What changed by an event, as the facts of all events tell it, and the facts that tell something else. */
export function changesOf(type: string, facts: Facts): { changes: Change[]; rest: Facts } {
  if (isList(facts.changed)) {
    return { changes: fields(facts), rest: without(facts, 'changed', 'before') };
  }
  if (isList(facts.added) && isList(facts.removed)) {
    return { changes: list(facts), rest: without(facts, 'added', 'removed', 'roles') };
  }
  const { from: before, to, ...rest } = facts;
  if (before === undefined || to === undefined) return { changes: [], rest: facts };
  const field = type.includes('ownership') ? 'owner' : 'status';
  return { changes: [{ field, before, after: to }], rest };
}
