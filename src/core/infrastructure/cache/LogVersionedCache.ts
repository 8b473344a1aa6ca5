import { createHash } from 'node:crypto';
import type { Cache } from '../../application/Cache';
import type { Metrics } from '../../application/Metrics';
import type { WorkspaceCache } from '../../application/WorkspaceCache';
import type { WorkspaceId } from '../../domain/Id';
import type { SequelizeUnitOfWork } from '../database/SequelizeUnitOfWork';
import { isSettled } from '../database/settled';
import { statement } from '../database/Statement';

const TTL_MS = 60_000;

/**
 * The end of the workspace's log. It is settled when no transaction below it is open any more, here or in whatever
 * workspace: whoever commits later stands behind it then. Otherwise somebody may still commit before it, unnoticed.
 */
const VERSION = statement(
  'core.workspace-version',
  `SELECT transaction_id || '.' || position AS version,
     ${isSettled('transaction_id')} AS settled
   FROM events WHERE workspace_id = $1 ORDER BY transaction_id DESC, position DESC LIMIT 1`,
);

interface Version {
  readonly version: string;
  readonly settled: boolean;
}

/**
 * A cache whose keys hold the end of the workspace's event log. What changes a workspace appends to that log in the same
 * transaction: so the change itself is what makes old answers unreachable, on every node, at its commit and never
 * before. Nothing is counted up, announced or deleted, and nobody waits for anybody (docs/adr/0029).
 */
export class LogVersionedCache implements WorkspaceCache {
  /** Questions that are being looked into, so that many who ask at the same time cost one look. */
  private readonly open = new Map<string, Promise<unknown>>();

  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly cache: Cache,
    private readonly metrics: Metrics,
  ) {}

  async answer<Value>(
    topic: string,
    workspaceId: WorkspaceId,
    question: unknown,
    look: () => Promise<Value>,
  ): Promise<Value> {
    // Before the look: an answer may be newer than its version, never older.
    const [end] = await this.unitOfWork.read<Version>({ workspaceId }, VERSION, [workspaceId]);
    if (!end?.settled) {
      this.metrics.cacheAsked(topic, 'unsettled');
      return look();
    }
    const digest = createHash('sha256').update(JSON.stringify(question)).digest('base64url');
    const key = `${topic}:${workspaceId}:${end.version}:${digest}`;
    const kept = await this.cache.get<Value>(key);
    this.metrics.cacheAsked(topic, kept === undefined ? 'miss' : 'hit');
    return kept === undefined ? this.lookOnce(key, look) : kept;
  }

  private lookOnce<Value>(key: string, look: () => Promise<Value>): Promise<Value> {
    const open = this.open.get(key) as Promise<Value> | undefined;
    if (open) return open;
    const answer = this.keep(key, look).finally(() => this.open.delete(key));
    this.open.set(key, answer);
    return answer;
  }

  private async keep<Value>(key: string, look: () => Promise<Value>): Promise<Value> {
    const value = await look();
    await this.cache.set(key, value, TTL_MS);
    return value;
  }
}
