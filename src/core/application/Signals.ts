/**
 * Tells every node, this one included, that something changed. Sent inside a unit of work, a signal
 * leaves with the commit, or never. A node that was out of touch hears `resync` instead.
 */
export interface Signals {
  send(topic: string, payload: string): Promise<void>;
  on(topic: string, listener: (payload: string) => void): void;
  /** Called when signals may have been missed: drop whatever they would have dropped. */
  onResync(listener: () => void): void;
}
