import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent } from '../../../core/domain/DomainEvent';
import type { WorkspaceId } from '../../../core/domain/Id';
import { workspacePurged } from '../../workspace';
import type { AuditCheckpoints } from './AuditCheckpoints';

/** The audit of a purged workspace is gone with it; so is what vouched for it. */
export class RemoveCheckpointOnPurged implements EventHandler<{ purgedWorkspaceId: WorkspaceId }> {
  readonly name = 'audit.remove-checkpoint-on-workspace-purged';

  readonly on = workspacePurged;

  readonly delivery = 'durable';

  constructor(private readonly auditCheckpoints: AuditCheckpoints) {}

  handle({ facts }: DomainEvent<{ purgedWorkspaceId: WorkspaceId }>): Promise<void> {
    return this.auditCheckpoints.remove(facts.purgedWorkspaceId);
  }
}
