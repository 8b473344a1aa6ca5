import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { AuditTrail } from '../application/AuditTrail';
import type { AuditEntry } from '../domain/AuditEntry';

const APPEND = statement(
  'audit.append',
  `INSERT INTO audit_entries (workspace_id, id, at, action, actor_id, resource_type, resource_id, outcome, changes, details,
     via, ip, user_agent, request_id)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
);

export class SqlAuditTrail implements AuditTrail {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async append({ workspaceId, id, at, action, actorId, resource, ...entry }: AuditEntry): Promise<void> {
    const { outcome, changes, details, via, ip, userAgent, requestId } = entry;
    const what = [action, actorId, resource?.type ?? null, resource?.id ?? null, outcome];
    const told = [JSON.stringify(changes), JSON.stringify(details)];
    const where = [via, ip, userAgent, requestId];
    await this.unitOfWork.execute(APPEND, [workspaceId, id, at, ...what, ...told, ...where]);
  }
}
