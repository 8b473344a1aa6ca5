import type { WorkspaceId } from '../../../core/domain/Id';
import { damageAt, NO_HASH, type BadEntry, type ChainHead } from '../domain/chain';
import type { AuditChain } from './AuditChain';
import type { AuditCheckpoints, Checkpoint } from './AuditCheckpoints';

/** What an audit is found to be. */
export interface Verification {
  readonly intact: boolean;
  /** How many entries are in the chain, up to the first bad one. */
  readonly verified: number;
  /** Entries that were written since the chain grew last, at most a minute or two ago; nothing protects them yet. */
  readonly pending: number;
  readonly checkpoint: { readonly position: number; readonly at: Date } | null;
  readonly firstBad: BadEntry | null;
}

/** Walks through the whole chain of an audit, and holds it against what was signed. */
export class VerifyAudit {
  constructor(
    private readonly auditChain: AuditChain,
    private readonly auditCheckpoints: AuditCheckpoints,
  ) {}

  async execute(workspaceId: WorkspaceId): Promise<Verification> {
    // Before the chain, which may have grown when it comes to its end, and may not have been cut.
    const checkpoint = await this.auditCheckpoints.read(workspaceId);
    const signed = checkpoint === 'forged' ? null : checkpoint;
    const { head, bad } = await this.walk(workspaceId, signed);
    const firstBad =
      bad ?? cut(head, signed) ?? (await this.auditChain.firstInserted(workspaceId)) ?? unsigned(head, checkpoint);
    return {
      intact: firstBad === null,
      verified: head.position,
      pending: await this.auditChain.pending(workspaceId),
      checkpoint: signed && { position: signed.position, at: signed.at },
      firstBad,
    };
  }

  private async walk(
    workspaceId: WorkspaceId,
    signed: Checkpoint | null,
  ): Promise<{ head: ChainHead; bad: BadEntry | null }> {
    let head: ChainHead = { position: 0, hash: NO_HASH };
    for (;;) {
      const links = await this.auditChain.linksAfter(workspaceId, head.position);
      if (links.length === 0) return { head, bad: null };
      for (const link of links) {
        const bad = damageAt(head, link) ?? contradicted(link, signed);
        if (bad) return { head, bad };
        head = link;
      }
    }
  }
}

function contradicted({ position, hash }: ChainHead, signed: Checkpoint | null): BadEntry | null {
  if (position !== signed?.position || hash.equals(signed.hash)) return null;
  // Somewhere up to here; which one, only the hashes that are gone could tell.
  return { position, entryId: null, damage: 'rewritten' };
}

function cut({ position }: ChainHead, signed: Checkpoint | null): BadEntry | null {
  if (!signed || position >= signed.position) return null;
  return { position: position + 1, entryId: null, damage: 'cut' };
}

function unsigned({ position }: ChainHead, checkpoint: Checkpoint | 'forged' | null): BadEntry | null {
  if (checkpoint === 'forged' || (checkpoint === null && position > 0)) {
    return { position: null, entryId: null, damage: 'unsigned' };
  }
  return null;
}
