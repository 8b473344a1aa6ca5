import { createHmac, timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { FileStorage } from '../../../core/application/FileStorage';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { ChainHead } from '../domain/chain';

/** What the chain of an audit was at a moment, signed: a chain that was written anew does not agree with it. */
export interface Checkpoint extends ChainHead {
  readonly at: Date;
}

interface Stored {
  readonly workspaceId: string;
  readonly position: number;
  readonly hash: string;
  readonly at: string;
}

const keyOf = (workspaceId: WorkspaceId): string => `workspaces/${workspaceId}/audit/checkpoint.json`;

/** Keeps the newest checkpoint of each audit in a file, out of reach of who can write to the database alone. */
export class AuditCheckpoints {
  constructor(
    private readonly fileStorage: FileStorage,
    private readonly auditKey: Buffer,
  ) {}

  async write(workspaceId: WorkspaceId, { position, hash }: ChainHead, at: Date): Promise<void> {
    const stored: Stored = { workspaceId, position, hash: hash.toString('hex'), at: at.toISOString() };
    const content = JSON.stringify({ ...stored, signature: this.sign(stored).toString('hex') });
    await this.fileStorage.put(keyOf(workspaceId), Readable.from([Buffer.from(content)]));
  }

  /** @returns `forged` for one that was not signed with this platform's key for this audit; null when there is none */
  async read(workspaceId: WorkspaceId): Promise<Checkpoint | 'forged' | null> {
    const file = await this.fileStorage.open(keyOf(workspaceId));
    return file && this.parse(workspaceId, await text(file));
  }

  async remove(workspaceId: WorkspaceId): Promise<void> {
    await this.fileStorage.remove(keyOf(workspaceId));
  }

  private parse(workspaceId: WorkspaceId, content: string): Checkpoint | 'forged' {
    try {
      const { signature, ...stored } = JSON.parse(content) as Stored & { signature: string };
      const genuine = timingSafeEqual(Buffer.from(signature, 'hex'), this.sign({ ...stored, workspaceId }));
      if (!genuine) return 'forged';
      return { position: stored.position, hash: Buffer.from(stored.hash, 'hex'), at: new Date(stored.at) };
    } catch {
      // No JSON, or a signature of another length.
      return 'forged';
    }
  }

  private sign({ workspaceId, position, hash, at }: Stored): Buffer {
    return createHmac('sha256', this.auditKey)
      .update(JSON.stringify([workspaceId, position, hash, at]))
      .digest();
  }
}
