/**
 * Whose rows a transaction may touch; row-level security enforces it. Every actor is a scope.
 * Without any member, no tenant row is visible.
 */
export interface Scope {
  /** The rows of this workspace. */
  readonly workspaceId?: string;
  /** This person's own memberships and workspaces, to read. */
  readonly userId?: string;
  /** Across workspaces: for the few platform jobs that say so. */
  readonly platform?: true;
}

export interface UnitOfWork {
  /**
   * Runs `work` in one transaction for one tenant; a call inside another joins it. No network call
   * belongs inside.
   * @throws Error when a nested call names another workspace than the transaction's.
   */
  run<Result>(scope: Scope, work: () => Promise<Result>): Promise<Result>;

  /** Runs `callback` once the transaction has committed, and never if it has not. */
  afterCommit(callback: () => void): void;
}
