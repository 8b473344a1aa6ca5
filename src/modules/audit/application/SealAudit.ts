import type { Clock } from '../../../core/application/Clock';
import type { ScheduledJob } from '../../../core/application/JobQueue';
import type { Logger } from '../../../core/application/Logger';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { ChainHead } from '../domain/chain';
import type { AuditChain, SealedChain } from './AuditChain';
import type { AuditCheckpoints } from './AuditCheckpoints';

/** Puts what was written since the last time into the chains, and signs how far they go. */
export class SealAudit implements ScheduledJob {
  readonly name = 'audit.seal';

  readonly schedule = '* * * * *';

  constructor(
    private readonly auditChain: Pick<AuditChain, 'sealNext' | 'linksAfter'>,
    private readonly auditCheckpoints: AuditCheckpoints,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async run(): Promise<void> {
    const grown = new Map<WorkspaceId, ChainHead>();
    for (;;) {
      const sealed: readonly SealedChain[] = await this.unitOfWork.run({ platform: true }, () =>
        this.auditChain.sealNext(),
      );
      if (sealed.length === 0) break;
      for (const { workspaceId, ...head } of sealed) grown.set(workspaceId, head);
    }
    for (const [workspaceId, head] of grown) await this.sign(workspaceId, head);
  }

  /** A chain that does not hold what was signed before is not signed again, or the new signature would hide it. */
  private async sign(workspaceId: WorkspaceId, head: ChainHead): Promise<void> {
    const last = await this.auditCheckpoints.read(workspaceId);
    if (last === 'forged' || (last && !(await this.holds(workspaceId, last)))) {
      this.logger.error('An audit is not what it was when it was signed', { workspaceId });
      return;
    }
    // Another node, whose turn came before this one was through, may have signed more of it.
    if (last && last.position >= head.position) return;
    await this.auditCheckpoints.write(workspaceId, head, this.clock.now());
  }

  private async holds(workspaceId: WorkspaceId, { position, hash }: ChainHead): Promise<boolean> {
    const [link] = await this.auditChain.linksAfter(workspaceId, position - 1, 1);
    return link?.position === position && link.hash.equals(hash);
  }
}
