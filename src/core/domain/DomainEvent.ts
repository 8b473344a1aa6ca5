import type { FactSchemas } from './FactSchema';
import { newId, type UserId, type WorkspaceId } from './Id';

/** A fact that happened: plain values only, written to the event log with the change that caused it. */
export interface DomainEvent<Facts extends object = object> {
  readonly id: string;
  readonly type: string;
  /** Null for facts about an account, which belong to no workspace. */
  readonly workspaceId: WorkspaceId | null;
  /** Who did it; null for the platform itself. */
  readonly actorId: UserId | null;
  readonly occurredAt: Date;
  readonly facts: Facts;
}

/** Who hears of an event on sockets: the members of its workspace, or the one person whom its `userId` names. */
export type Audience = 'workspace' | 'person';

/** One kind of event: its name, the name of the message that it is on sockets, and who hears that; by default members. */
export interface EventKind {
  readonly name: string;
  readonly socket?: string;
  readonly audience?: Audience;
  /** What members must hold to hear it: what it tells may be read with this permission only. */
  readonly permission?: string;
  /** What its facts look like, for the description of the messages. */
  readonly facts?: FactSchemas;
}

/** Whether members of its workspace hear of it on sockets, so that others they let in may too. */
export function isPublic({ socket, audience = 'workspace' }: EventKind): boolean {
  return socket !== undefined && audience === 'workspace';
}

/** Whether an event of a workspace is told to members who hold these permissions there. */
export function mayHear({ permission }: Pick<EventKind, 'permission'>, permissions: ReadonlySet<string>): boolean {
  return permission === undefined || permissions.has(permission);
}

export interface EventContext {
  readonly workspaceId?: WorkspaceId;
  readonly actorId?: UserId | null;
  readonly at: Date;
}

/** A kind of event, which makes events of that kind. */
export interface EventType<Facts extends object> extends EventKind {
  (context: EventContext, facts: Facts): DomainEvent<Facts>;
}

/** What an event of this kind tells. */
export type FactsOf<Type> = Type extends EventType<infer Facts> ? Facts : never;

/** A message for one person needs facts that name the person. */
type Options<Facts> = (Facts extends { readonly userId: UserId }
  ? { readonly audience?: Audience }
  : { readonly audience?: 'workspace' }) &
  Pick<EventKind, 'socket' | 'permission'> & { readonly facts?: FactSchemas<Facts> };

/** Declares a kind of event, e.g. `defineEvent<{ userId: UserId }>('workspace.member-joined')`. */
export function defineEvent<Facts extends object>(
  name: string,
  options: Options<NoInfer<Facts>> = {},
): EventType<Facts> {
  const make = ({ workspaceId, actorId = null, at }: EventContext, facts: Facts): DomainEvent<Facts> => ({
    id: newId(),
    type: name,
    workspaceId: workspaceId ?? null,
    actorId,
    occurredAt: at,
    facts,
  });
  // A function has a name of its own, which assignment can't replace.
  return Object.defineProperty(Object.assign(make, options), 'name', { value: name });
}
