import type { Page, PageRequest } from '../../../core/application/Page';
import type { WorkspaceId } from '../../../core/domain/Id';
import { PagedQuery, type Filter } from '../../../core/infrastructure/database/PagedQuery';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { closedAddress } from '../../user';
import type { AuditEntryView, AuditFilters, AuditQueries } from '../application/AuditQueries';

/** What the address of every closed account ends with. */
const CLOSED = closedAddress('').replace(/^[^@]*/, '');

const LIST = new PagedQuery<AuditEntryView>({
  name: 'audit.entries',
  select: `SELECT audit_entries.id, audit_entries.at, action, outcome, changes, details, via, ip, user_agent AS "userAgent",
    request_id AS "requestId",
    CASE WHEN resource_type IS NOT NULL THEN json_build_object('type', resource_type, 'id', resource_id) END AS resource,
    json_build_object(
      'id', actor_id,
      'kind', CASE WHEN users.id IS NOT NULL THEN 'person' WHEN actor_id IS NOT NULL THEN 'api-key'
                   WHEN via = 'http' THEN 'anonymous' ELSE 'platform' END,
      'name', CASE WHEN users.id IS NULL THEN api_keys.name WHEN users.email NOT LIKE '%${CLOSED}' THEN users.name END
    ) AS actor`,
  from: `audit_entries LEFT JOIN users ON users.id = actor_id
    LEFT JOIN api_keys ON api_keys.workspace_id = audit_entries.workspace_id AND api_keys.id = actor_id`,
  where: 'audit_entries.workspace_id = $1',
  sorts: { at: { by: 'audit_entries.at', type: 'timestamptz' } },
  id: 'audit_entries.id',
});

export class SqlAuditQueries implements AuditQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  entries(workspaceId: WorkspaceId, filters: AuditFilters, request: PageRequest): Promise<Page<AuditEntryView>> {
    return LIST.run(this.unitOfWork, { workspaceId }, [workspaceId], conditions(filters), request);
  }
}

function conditions({ actorId, action, resource, from, to }: AuditFilters): Filter[] {
  const [type, id] = resource?.split(':') ?? [];
  const all: Filter[] = [
    ['actor_id = ?', actorId],
    ['action = ?', action],
    ['resource_type = ?', type],
    ['resource_id = ?', id],
    ['audit_entries.at >= ?', from],
    ['audit_entries.at < ?', to],
  ];
  return all.filter(([, value]) => value !== undefined);
}
