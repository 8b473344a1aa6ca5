import type { SessionId, UserId, WorkspaceId } from '../domain/Id';
import type { Signals } from './Signals';

/**
 * What somebody may do has changed: a session ended, a membership, a role. Names the narrowest thing that is known;
 * without a person it concerns everybody in the workspace.
 */
export interface AccessChange {
  readonly userId?: UserId;
  readonly sessionId?: SessionId;
  readonly workspaceId?: WorkspaceId;
}

const TOPIC = 'access-changed';

/** Tells all nodes to forget what they looked up about somebody's access, with the commit that changed it. */
export class AccessChanges {
  constructor(private readonly signals: Signals) {}

  announce(change: AccessChange): Promise<void> {
    return this.signals.send(TOPIC, JSON.stringify(change));
  }

  /** Calls `forget` for each change; an empty change means that any may have been missed. */
  onChange(forget: (change: AccessChange) => void): void {
    this.signals.on(TOPIC, (payload) => forget(JSON.parse(payload) as AccessChange));
    this.signals.onResync(() => forget({}));
  }
}
