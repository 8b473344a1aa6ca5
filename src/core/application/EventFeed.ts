import type { WorkspaceId } from '../domain/Id';
import type { LoggedEvent } from './EventBus';

type Listener = (event: LoggedEvent) => void | Promise<void>;

/** A part of what happened in one workspace. */
export interface FeedRange {
  readonly workspaceId: WorkspaceId;
  /** The kinds of events that are wanted. */
  readonly types: readonly string[];
  /** Cursors: behind `after`, up to and including `upTo`. */
  readonly after: string;
  readonly upTo: string;
  readonly limit: number;
}

/**
 * Everything that happens in workspaces, on every node, in the order of the commits and each once: what other nodes
 * did is heard here like what this one did.
 */
export interface EventFeed {
  /**
   * The cursor up to which everything has been told. It moves right before the listeners are called; nothing runs in
   * between but the listeners before.
   */
  readonly head: string;
  /** Calls `listener` for each event, and waits for it before the next one. What it throws is logged. */
  subscribe(listener: Listener): void;
  /** Tells all that has been committed by now, but for what waits for an older transaction that is still open. */
  catchUp(): Promise<void>;
  /** What is committed in a workspace and not told yet, in whatever order. */
  pending(workspaceId: WorkspaceId): Promise<readonly Pick<LoggedEvent, 'id' | 'cursor'>[]>;
  /** What was told before. @param range up to the head at most, so that no transaction below is open */
  between(range: FeedRange): Promise<LoggedEvent[]>;
}
