import type { LoggedEvent } from '../../../core/application/EventBus';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { mayHear, type EventKind } from '../../../core/domain/DomainEvent';
import type { WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { isSettled } from '../../../core/infrastructure/database/settled';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { WorkspaceEvents } from '../application/WorkspaceEvents';

const SELECT = `SELECT id, workspace_id AS "workspaceId", type, actor_id AS "actorId", occurred_at AS "occurredAt", facts,
    transaction_id || '.' || position AS cursor
  FROM events WHERE workspace_id = $1 AND type = ANY ($2)`;

const GET = statement('webhook.event', `${SELECT} AND id = $3`);
const AFTER = statement(
  'webhook.events-after',
  `${SELECT} AND (transaction_id, position) > ($3::xid8, $4::bigint)
     AND ${isSettled('transaction_id')}
   ORDER BY transaction_id, position LIMIT $5`,
);
const BETWEEN = statement(
  'webhook.events-between',
  `${SELECT} AND occurred_at >= $3 AND occurred_at < $4 ORDER BY transaction_id, position LIMIT $5`,
);

const BEGINNING = '0.0';

export class SqlWorkspaceEvents implements WorkspaceEvents {
  private readonly types: readonly string[];

  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly publicEvents: readonly EventKind[],
  ) {
    this.types = publicEvents.map(({ name }) => name);
  }

  async get(workspaceId: WorkspaceId, id: string): Promise<LoggedEvent> {
    return found(await this.unitOfWork.read<LoggedEvent>({ workspaceId }, GET, [workspaceId, this.types, id]));
  }

  after({ workspaceId, permissions }: WorkspaceActor, cursor: string | null, limit: number): Promise<LoggedEvent[]> {
    const heard = this.publicEvents.filter((kind) => mayHear(kind, permissions));
    const [transaction, position] = (cursor ?? BEGINNING).split('.');
    const values = [workspaceId, heard.map(({ name }) => name), transaction, position, limit];
    return this.unitOfWork.read<LoggedEvent>({ workspaceId }, AFTER, values);
  }

  between(workspaceId: WorkspaceId, { from, to }: { from: Date; to: Date }, limit: number): Promise<LoggedEvent[]> {
    return this.unitOfWork.read<LoggedEvent>({ workspaceId }, BETWEEN, [workspaceId, this.types, from, to, limit]);
  }
}
