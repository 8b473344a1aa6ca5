import type { LoggedEvent } from './EventBus';

/** What those outside are told of an event, on sockets and elsewhere: its facts at top level, with what every event has. */
export function eventMessage({ facts, ...event }: LoggedEvent): object {
  const { id, type, workspaceId, cursor, occurredAt, actorId } = event;
  return { ...facts, id, type, workspaceId, cursor, occurredAt: occurredAt.toISOString(), actorId };
}
