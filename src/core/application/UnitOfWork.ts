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

export interface UnitOptions {
  /** Reads everything as it was at the first read, and fails as a conflict when that is no longer so (repeatable read). */
  readonly snapshot?: boolean;
}

export interface UnitOfWork {
  /**
   * Runs `work` in one transaction for one tenant; a call inside another joins it. No network call
   * belongs inside. A call without a tenant joins any unit; one with a tenant, inside a unit without, is a part of it
   * that can fail by itself.
   * @throws Error when a nested call names another tenant than the transaction's.
   */
  run<Result>(scope: Scope, work: () => Promise<Result>, options?: UnitOptions): Promise<Result>;

  /** Runs `callback` once the transaction has committed, and never if it has not. */
  afterCommit(callback: () => void): void;
}
