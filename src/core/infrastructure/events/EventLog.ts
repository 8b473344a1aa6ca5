import type { LoggedEvent } from '../../application/EventBus';
import type { FeedRange } from '../../application/EventFeed';
import type { DomainEvent } from '../../domain/DomainEvent';
import type { UserId, WorkspaceId } from '../../domain/Id';
import type { SequelizeUnitOfWork } from '../database/SequelizeUnitOfWork';
import { isSettled } from '../database/settled';
import { statement } from '../database/Statement';

const COLUMNS =
  'INSERT INTO events (id, workspace_id, type, actor_id, occurred_at, facts) VALUES ($1, $2, $3, $4, $5, $6)';
const APPEND_TO_WORKSPACE = statement(
  'core.append-event',
  `${COLUMNS} RETURNING transaction_id || '.' || position AS cursor`,
);
// What the application writes about accounts it can't read back outside a platform job, so nothing is returned.
const APPEND_TO_ACCOUNT = statement('core.append-account-event', COLUMNS);

const EVENT = `id, workspace_id AS "workspaceId", type, actor_id AS "actorId", occurred_at AS "occurredAt", facts,
  transaction_id || '.' || position AS cursor`;

const FIND_FOR_HANDLER = statement(
  'core.event-for-handler',
  `SELECT ${EVENT}, EXISTS (SELECT FROM handled_events WHERE event_id = events.id AND handler = $2) AS handled
   FROM events WHERE id = $1`,
);

const NOTE_HANDLED = statement(
  'core.note-handled-event',
  'INSERT INTO handled_events (event_id, handler) VALUES ($1, $2) ON CONFLICT DO NOTHING',
);

// A larger one is planned anew for each reading, which takes several times as long as to carry it out.
const TAIL_LENGTH = 100;

// One statement sees one snapshot: what is visible here and settled now can't be preceded by anything any more.
const TAIL = statement(
  'core.tail-events',
  `SELECT horizon::text, id, "workspaceId", type, "actorId", "occurredAt", facts, cursor, settled
   FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon) AS moment
   LEFT JOIN LATERAL (
     SELECT ${EVENT}, transaction_id, position, ${isSettled('transaction_id')} AS settled
     FROM events
     WHERE workspace_id IS NOT NULL AND (transaction_id, position) > ($1::xid8, $2::bigint)
     ORDER BY transaction_id, position LIMIT ${TAIL_LENGTH}
   ) AS tail ON true
   ORDER BY tail.transaction_id, tail.position`,
);

const BETWEEN = statement(
  'core.events-between',
  `SELECT ${EVENT} FROM events
   WHERE workspace_id = $1 AND type = ANY ($2::text[])
     AND (transaction_id, position) > ($3::xid8, $4::bigint) AND (transaction_id, position) <= ($5::xid8, $6::bigint)
   ORDER BY transaction_id, position LIMIT $7`,
);

const PENDING = statement(
  'core.pending-events',
  `SELECT id, transaction_id || '.' || position AS cursor FROM events
   WHERE workspace_id = $1 AND (transaction_id, position) > ($2::xid8, $3::bigint)`,
);

interface TailRow extends Omit<EventRow, 'id'> {
  /** Null where there is no event, and only the horizon is told. */
  readonly id: string | null;
  readonly horizon: string;
  readonly settled: boolean;
}

/** What stands in the log behind a cursor, of all workspaces. */
export interface Tail {
  /** Those that nothing can come before any more, in order. */
  readonly events: readonly LoggedEvent[];
  /** Whether others may follow at once. */
  readonly more: boolean;
  /** Whether there are others, which wait for an older transaction to end. */
  readonly waiting: boolean;
  /** No transaction below is open, in whichever database of the server. */
  readonly horizon: bigint;
}

interface EventRow {
  readonly id: string;
  readonly workspaceId: WorkspaceId | null;
  readonly type: string;
  readonly actorId: UserId | null;
  readonly occurredAt: Date;
  readonly facts: object;
  readonly cursor: string;
}

interface HandledRow extends EventRow {
  readonly handled: boolean;
}

/** The append-only log of everything that happened, written with the change itself; and who is done with what. */
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

  /**
   * An event for the durable handler of this name; null when that is done with it.
   * @throws Error when the log holds no such event.
   */
  async findFor(handler: string, id: string): Promise<LoggedEvent | null> {
    const values = [id, handler];
    const [row] = await this.unitOfWork.read<HandledRow>({ platform: true }, FIND_FOR_HANDLER, values);
    if (!row) throw new Error(`The event log holds no event ${id}.`);
    const { handled, ...event } = row;
    return handled ? null : event;
  }

  async noteHandled(id: string, handler: string): Promise<void> {
    await this.unitOfWork.run({}, () => this.unitOfWork.execute(NOTE_HANDLED, [id, handler]));
  }

  /** The next events of all workspaces in the order of their commits, a hundred at most. */
  async tail(after: string): Promise<Tail> {
    const rows = await this.unitOfWork.read<TailRow>({ platform: true }, TAIL, after.split('.'));
    const found = rows.filter(({ id }) => id !== null);
    const settled = found.filter((row) => row.settled);
    return {
      events: settled.map(asEvent),
      more: settled.length === TAIL_LENGTH,
      waiting: settled.length < found.length,
      horizon: BigInt(rows[0]?.horizon ?? 0),
    };
  }

  /** What is visible of a workspace behind a cursor, settled or not. */
  pending(workspaceId: WorkspaceId, after: string): Promise<Pick<LoggedEvent, 'id' | 'cursor'>[]> {
    return this.unitOfWork.read({ workspaceId }, PENDING, [workspaceId, ...after.split('.')]);
  }

  /** What happened in a workspace between two cursors. */
  between({ workspaceId, types, after, upTo, limit }: FeedRange): Promise<LoggedEvent[]> {
    const values = [workspaceId, types, ...after.split('.'), ...upTo.split('.'), limit];
    return this.unitOfWork.read<EventRow>({ workspaceId }, BETWEEN, values);
  }
}

function asEvent({ id, workspaceId, type, actorId, occurredAt, facts, cursor }: TailRow): LoggedEvent {
  return { id: id ?? '', workspaceId, type, actorId, occurredAt, facts, cursor };
}
