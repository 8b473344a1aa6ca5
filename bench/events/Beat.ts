import type { WorkspaceId } from '../../src/core/domain/Id';

/** So many events in each of these workspaces, all of them told from their number. */
export interface Beat {
  readonly number: number;
  readonly workspaces: readonly WorkspaceId[];
  readonly turns: number;
}

/** The kind of event that is told, and its name on sockets. */
export const TYPE = 'workspace.updated';
export const TOLD_AS = 'workspace:updated';

const NAME = 'Beat ';
const DIGITS = 6;
const MOMENT = '2026-01-01T00:00:00.000Z';

/** What the events of a beat say, always as long: what is heard of a change of a workspace's name. */
export function factsOf({ number, workspaces: [id] }: Beat): object {
  const name = NAME + String(number).padStart(DIGITS, '0');
  const what = { id, name, slug: id, description: 'A workspace of the benchmark', settings: { theme: 'dark' } };
  return {
    workspace: { ...what, ownerId: id, createdAt: MOMENT, updatedAt: MOMENT },
    changed: ['name'],
    before: { name: 'Workspace' },
  };
}

/** The number of the beat that an event on a socket is of; NaN for other messages. */
export function numberOf(message: string): number {
  const at = message.indexOf(NAME);
  return at === -1 ? NaN : Number(message.slice(at + NAME.length, at + NAME.length + DIGITS));
}
