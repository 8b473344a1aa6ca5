import { Readable } from 'node:stream';
import type { Clock } from '../../../core/application/Clock';
import type { EventBus } from '../../../core/application/EventBus';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { auditExported } from '../domain/events';
import type { AuditEntryView, AuditFilters, AuditQueries } from './AuditQueries';
import { FORMATS, type ExportFormat } from './exportFormats';

/** How many entries are in memory at a time. */
const BATCH = 500;

/** Hands the audit of a workspace over, the oldest entry first. Who took it is in the audit, too. */
export class ExportAudit {
  constructor(
    private readonly auditQueries: AuditQueries,
    private readonly eventBus: EventBus,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @returns the text, read from the database only as fast as it is taken */
  async execute(actor: WorkspaceActor, format: ExportFormat, filters: AuditFilters): Promise<Readable> {
    const { workspaceId, userId: actorId } = actor;
    const at = this.clock.now();
    await this.unitOfWork.run(actor, () =>
      this.eventBus.publish([auditExported({ workspaceId, actorId, at }, { format, filters })]),
    );
    return Readable.from(this.text(actor, format, filters), { objectMode: false });
  }

  private async *text(actor: WorkspaceActor, format: ExportFormat, filters: AuditFilters): AsyncGenerator<Buffer> {
    const { header, line } = FORMATS[format];
    if (header) yield Buffer.from(header);
    for await (const entries of this.batches(actor, filters)) {
      yield Buffer.from(entries.map(line).join(''));
    }
  }

  private async *batches(
    { workspaceId }: WorkspaceActor,
    filters: AuditFilters,
  ): AsyncGenerator<readonly AuditEntryView[]> {
    let after: readonly [string, string] | null = null;
    do {
      const request = { limit: BATCH, sort: 'at', ...(after && { after }) };
      const { items, next } = await this.auditQueries.entries(workspaceId, filters, request);
      if (items.length > 0) yield items;
      after = next;
    } while (after);
  }
}
