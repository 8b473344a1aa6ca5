import type { WorkspaceId } from '../../../core/domain/Id';
import type { BadEntry, ChainHead, ChainLink } from '../domain/chain';

export interface SealedChain extends ChainHead {
  readonly workspaceId: WorkspaceId;
}

/** The chains of entries, one for each audit. Inside a unit of work where it says so. */
export interface AuditChain {
  /**
   * Puts the next entries into their chains, in the order of their commits; inside a unit of
   * work with platform scope.
   * @returns the heads of the chains that grew; none when nothing was left
   */
  sealNext(): Promise<readonly SealedChain[]>;
  /** The places of a chain behind one, in order, as many as are wanted, or else a batch; none at its end. */
  linksAfter(workspaceId: WorkspaceId, position: number, limit?: number): Promise<readonly ChainLink[]>;
  /** The first entry that has no place, though an entry behind it has, in whichever audit. */
  firstInserted(workspaceId: WorkspaceId): Promise<BadEntry | null>;
  /** How many entries wait for their place. */
  pending(workspaceId: WorkspaceId): Promise<number>;
  /** All audits there are: the platform’s, and that of each workspace. */
  audits(): Promise<readonly WorkspaceId[]>;
}
