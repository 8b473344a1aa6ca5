import type { EventHandler } from '../../../core/application/EventBus';
import { requestContext } from '../../../core/application/RequestContext';
import type { DomainEvent } from '../../../core/domain/DomainEvent';
import { auditEntryOf, type Origin } from '../domain/AuditEntry';
import type { AuditTrail } from './AuditTrail';

/** Every event is in the audit, or its change did not happen. */
export class RecordOnEvent implements EventHandler {
  readonly name = 'audit.record-on-event';

  readonly delivery = 'transactional';

  constructor(private readonly auditTrail: AuditTrail) {}

  handle(event: DomainEvent): Promise<void> {
    return this.auditTrail.append(auditEntryOf(event, origin()));
  }
}

/** Outside of any request or job somebody runs a script. */
function origin(): Origin {
  const context = requestContext.getStore();
  if (!context) return { via: 'script', ip: null, userAgent: null, requestId: null };
  const { via, requestId, client } = context;
  return { via, requestId, ip: client?.ip ?? null, userAgent: client?.userAgent ?? null };
}
