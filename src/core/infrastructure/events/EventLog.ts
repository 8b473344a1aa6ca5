import type { LoggedEvent } from '../../application/EventBus';
import type { DomainEvent } from '../../domain/DomainEvent';
import type { UserId, WorkspaceId } from '../../domain/Id';
import type { SequelizeUnitOfWork } from '../database/SequelizeUnitOfWork';
import { statement } from '../database/Statement';

const COLUMNS =
  'INSERT INTO events (id, workspace_id, type, actor_id, occurred_at, facts) VALUES ($1, $2, $3, $4, $5, $6)';
const APPEND_TO_WORKSPACE = statement(
  'core.append-event',
  `${COLUMNS} RETURNING transaction_id || '.' || position AS cursor`,
);
// What the application writes about accounts it can't read back outside a platform job, so nothing is returned.
const APPEND_TO_ACCOUNT = statement('core.append-account-event', COLUMNS);

const FIND = statement(
  'core.find-event',
  `SELECT id, workspace_id AS "workspaceId", type, actor_id AS "actorId", occurred_at AS "occurredAt", facts,
          transaction_id || '.' || position AS cursor
   FROM events WHERE id = $1`,
);

interface EventRow {
  readonly id: string;
  readonly workspaceId: WorkspaceId | null;
  readonly type: string;
  readonly actorId: UserId | null;
  readonly occurredAt: Date;
  readonly facts: object;
  readonly cursor: string;
}

/** The append-only log of everything that happened, written with the change itself. */
export class EventLog {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  /** Appends inside the open unit of work; `cursor` is where the event stands in its workspace's order. */
  async append(event: DomainEvent): Promise<LoggedEvent> {
    const { id, workspaceId, type, actorId, occurredAt, facts } = event;
    const values = [id, workspaceId, type, actorId, occurredAt, facts];
    if (workspaceId === null) {
      await this.unitOfWork.execute(APPEND_TO_ACCOUNT, values);
      return { ...event, cursor: '' };
    }
    const [row] = await this.unitOfWork.execute<{ cursor: string }>(APPEND_TO_WORKSPACE, values);
    return { ...event, cursor: row?.cursor ?? '' };
  }

  /** @throws Error when the log holds no such event. */
  async get(id: string): Promise<LoggedEvent> {
    const [row] = await this.unitOfWork.read<EventRow>({ platform: true }, FIND, [id]);
    if (!row) throw new Error(`The event log holds no event ${id}.`);
    return row;
  }
}
