import type { WorkspaceId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { isSettled } from '../../../core/infrastructure/database/settled';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { AuditChain, SealedChain } from '../application/AuditChain';
import { PLATFORM_AUDIT } from '../domain/AuditEntry';
import { chainHash, NO_HASH, type BadEntry, type ChainHead, type ChainLink } from '../domain/chain';

/** How many entries are in memory at a time. */
const BATCH = 1_000;

/** All that an entry says, as one text. PostgreSQL writes JSON and moments always the same way. */
const CONTENT = `jsonb_build_array(e.workspace_id, e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.action,
  e.actor_id, e.resource_type, e.resource_id, e.outcome, e.changes, e.details, e.via, e.ip, e.user_agent, e.request_id)::text`;

/**
 * Two nodes would put the same entries at the same places. The policies hide from the planner how many entries there are,
 * and it would read all of them, with others' help, rather than follow the index from where the chains end.
 */
const LOCK = statement(
  'audit.lock',
  `SELECT pg_advisory_xact_lock(hashtextextended('audit.seal', 0)), set_config('enable_seqscan', 'off', true),
     set_config('enable_bitmapscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`,
);

/** How far entries have got their places, in all audits together. */
const END = statement(
  'audit.end',
  `SELECT transaction_id::text AS "transactionId", place::text AS place FROM audit_links
   ORDER BY audit_links.transaction_id DESC, audit_links.place DESC LIMIT 1`,
);

/** What a transaction that is still open has written comes later, and so does all that began after it. */
const NEXT = statement(
  'audit.next',
  `SELECT e.workspace_id AS "workspaceId", e.transaction_id::text AS "transactionId", e.place::text AS place, e.id,
     ${CONTENT} AS content
   FROM audit_entries AS e
   WHERE (e.transaction_id, e.place) > ($1::xid8, $2::bigint)
     AND ${isSettled('e.transaction_id')}
   ORDER BY e.transaction_id, e.place LIMIT ${BATCH}`,
);
const HEADS = statement(
  'audit.heads',
  `SELECT audits.id AS "workspaceId", head.position::float8 AS position, head.hash
   FROM unnest($1::uuid[]) AS audits (id)
   CROSS JOIN LATERAL (
     SELECT position, hash FROM audit_links WHERE workspace_id = audits.id ORDER BY position DESC LIMIT 1
   ) AS head`,
);
const ADD = statement(
  'audit.add-links',
  `INSERT INTO audit_links (workspace_id, position, transaction_id, place, entry_id, hash)
   SELECT workspace_id, position, transaction_id::xid8, place, entry_id, hash
   FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::bigint[], $5::uuid[], $6::bytea[])
     AS links (workspace_id, position, transaction_id, place, entry_id, hash)`,
);
// OFFSET keeps the planner from joining the tables as wholes, as it would before it has counted their rows.
const LINKS = statement(
  'audit.links',
  `SELECT l.position::float8 AS position, l.hash, l.entry_id AS "entryId", ${CONTENT} AS content, e.id IS NULL AS gone
   FROM (
     SELECT * FROM audit_links WHERE workspace_id = $1 AND position > $2 ORDER BY position LIMIT $3
   ) AS l
   LEFT JOIN LATERAL (
     SELECT * FROM audit_entries AS entry WHERE entry.transaction_id = l.transaction_id AND entry.place = l.place OFFSET 0
   ) AS e ON e.workspace_id = l.workspace_id AND e.id = l.entry_id
   ORDER BY l.position`,
);

/** Without a place, though those behind it have theirs. Both sides are read once, however many there are. */
const INSERTED = statement(
  'audit.inserted',
  `SELECT transaction_id, place, id FROM audit_entries
   WHERE workspace_id = $1 AND (transaction_id, place) <= ($2::xid8, $3::bigint)
   EXCEPT SELECT transaction_id, place, entry_id FROM audit_links WHERE workspace_id = $1
   ORDER BY transaction_id, place LIMIT 1`,
);
const PENDING = statement(
  'audit.pending',
  `SELECT count(*)::int AS pending FROM audit_entries AS e
   WHERE workspace_id = $1 AND (transaction_id, place) > ($2::xid8, $3::bigint)
     AND NOT EXISTS (SELECT FROM audit_links WHERE transaction_id = e.transaction_id AND place = e.place)`,
);
const AUDITS = statement('audit.audits', 'SELECT id FROM workspaces ORDER BY id');

/** Where an entry stands among those of all audits. */
interface Place {
  readonly transactionId: string;
  readonly place: string;
}

interface Next extends Place {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  readonly content: string;
}

export class SqlAuditChain implements AuditChain {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async sealNext(): Promise<readonly SealedChain[]> {
    await this.unitOfWork.execute(LOCK);
    const entries = await this.unitOfWork.execute<Next>(NEXT, await this.end());
    const audits = [...new Set(entries.map(({ workspaceId }) => workspaceId))];
    if (audits.length === 0) return [];
    const known = await this.unitOfWork.execute<SealedChain>(HEADS, [audits]);
    const heads = new Map<WorkspaceId, ChainHead>(known.map(({ workspaceId, ...head }) => [workspaceId, head]));
    const links = entries.map(({ workspaceId, content }) => {
      const head = heads.get(workspaceId) ?? { position: 0, hash: NO_HASH };
      const position = head.position + 1;
      const link = { position, hash: chainHash(head.hash, position, content) };
      heads.set(workspaceId, link);
      return link;
    });
    await this.unitOfWork.execute(ADD, [
      entries.map(({ workspaceId }) => workspaceId),
      links.map(({ position }) => position),
      entries.map(({ transactionId }) => transactionId),
      entries.map(({ place }) => place),
      entries.map(({ id }) => id),
      links.map(({ hash }) => hash),
    ]);
    return [...heads].map(([workspaceId, head]) => ({ workspaceId, ...head }));
  }

  async linksAfter(workspaceId: WorkspaceId, position: number, limit = BATCH): Promise<readonly ChainLink[]> {
    const values = [workspaceId, position, limit];
    const rows = await this.unitOfWork.read<ChainLink & { gone: boolean }>({ workspaceId }, LINKS, values);
    return rows.map(({ gone, content, ...link }) => ({ ...link, content: gone ? null : content }));
  }

  async firstInserted(workspaceId: WorkspaceId): Promise<BadEntry | null> {
    const [row] = await this.unitOfWork.read<{ id: string }>({ workspaceId }, INSERTED, [
      workspaceId,
      ...(await this.end()),
    ]);
    return row ? { position: null, entryId: row.id, damage: 'inserted' } : null;
  }

  async pending(workspaceId: WorkspaceId): Promise<number> {
    const [row] = await this.unitOfWork.read<{ pending: number }>({ workspaceId }, PENDING, [
      workspaceId,
      ...(await this.end()),
    ]);
    return row?.pending ?? 0;
  }

  async audits(): Promise<readonly WorkspaceId[]> {
    const rows = await this.unitOfWork.read<{ id: WorkspaceId }>({ platform: true }, AUDITS);
    return [PLATFORM_AUDIT, ...rows.map(({ id }) => id)];
  }

  private async end(): Promise<readonly [string, string]> {
    const [last] = await this.unitOfWork.read<Place>({ platform: true }, END);
    return [last?.transactionId ?? '0', last?.place ?? '0'];
  }
}
