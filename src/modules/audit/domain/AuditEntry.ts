import type { DomainEvent } from '../../../core/domain/DomainEvent';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { changesOf, type Change } from './changesOf';
import { resourceOf, type Resource } from './resourceOf';

/** The audit that holds what belongs to no workspace, such as sign-ins: the nil UUID, which no workspace has. */
export const PLATFORM_AUDIT = '00000000-0000-0000-0000-000000000000' as WorkspaceId;

export type Outcome = 'success' | 'denied' | 'failure';

/** The way in: a request, a message on a socket, a job, or a script on the server. */
export type Via = 'http' | 'socket' | 'job' | 'script';

/** From where something was done. */
export interface Origin {
  readonly via: Via;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
}

/** Who did what to what, when and from where; never changed once it is written. */
export interface AuditEntry extends Origin {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  readonly at: Date;
  /** The type of the event. */
  readonly action: string;
  /** Null for the platform itself, and for nobody in particular. */
  readonly actorId: UserId | null;
  readonly resource: Resource | null;
  readonly outcome: Outcome;
  readonly changes: readonly Change[];
  /** What else the event tells. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Events hold no secrets; should one ever get among the facts under its own name, it ends here. */
const SECRET = /password|secret|token|cookie/i;

function outcomeOf(action: string): Outcome {
  if (action.endsWith('.denied')) return 'denied';
  return /-(?:failed|refused|locked)$/.test(action) ? 'failure' : 'success';
}

/** What the audit keeps of an event. */
export function auditEntryOf({ id, type, workspaceId, actorId, occurredAt, facts }: DomainEvent, origin: Origin) {
  const told = Object.entries(facts).filter(([name]) => !SECRET.test(name));
  const { changes, rest } = changesOf(type, Object.fromEntries(told));
  const { resource, details } = resourceOf(type, rest, workspaceId);
  const outcome = outcomeOf(type);
  const what = { action: type, actorId, resource, outcome, changes, details };
  return { ...origin, ...what, workspaceId: workspaceId ?? PLATFORM_AUDIT, id, at: occurredAt } satisfies AuditEntry;
}
