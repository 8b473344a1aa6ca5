import type { Logger } from '../../application/Logger';
import type { Presence, PresenceChange } from '../../application/Presence';
import type { Signals } from '../../application/Signals';
import { newId, type UserId, type WorkspaceId } from '../../domain/Id';
import type { NodeConnection } from '../database/NodeConnection';
import type { SequelizeUnitOfWork } from '../database/SequelizeUnitOfWork';
import { statement } from '../database/Statement';

const TOPIC = 'presence-changed';
const SWEEP_EVERY_MS = 1_000;

const HOLD = `SELECT pg_advisory_lock(hashtextextended('presence ' || $1::text, 0))`;
const LOCK = statement(
  'core.lock-presence',
  `SELECT pg_advisory_xact_lock(hashtextextended('presence of ' || $1::text, 0))`,
);
const ENTER = statement(
  'core.enter-presence',
  `INSERT INTO presences (workspace_id, user_id, node) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
   RETURNING NOT EXISTS (SELECT FROM presences WHERE workspace_id = $1 AND user_id = $2) AS changes, user_id AS "userId"`,
);
const LEAVE = statement(
  'core.leave-presence',
  `DELETE FROM presences AS gone WHERE workspace_id = $1 AND user_id = $2 AND node = $3
   RETURNING NOT EXISTS (
     SELECT FROM presences AS other
     WHERE other.workspace_id = $1 AND other.user_id = gone.user_id AND other.node <> gone.node
   ) AS changes, user_id AS "userId"`,
);
const LEAVE_ALL = statement(
  'core.leave-presences-of-node',
  `DELETE FROM presences AS gone
   WHERE workspace_id = $1 AND node = $2 AND ($3 OR pg_try_advisory_xact_lock(hashtextextended('presence ' || $2, 0)))
   RETURNING NOT EXISTS (
     SELECT FROM presences AS other
     WHERE other.workspace_id = $1 AND other.user_id = gone.user_id AND other.node <> gone.node
   ) AS changes, user_id AS "userId"`,
);
const LIST = statement(
  'core.list-presences',
  'SELECT DISTINCT user_id AS "userId" FROM presences WHERE workspace_id = $1 ORDER BY user_id',
);
const NODES = statement(
  'core.nodes-with-presences',
  'SELECT DISTINCT node, workspace_id AS "workspaceId" FROM presences WHERE (node = $1) = $2',
);

interface Moved {
  readonly userId: UserId;
  /** Whether it is the first connection of the person, or was the last. */
  readonly changes: boolean;
}

/**
 * A row for each person, workspace and node. Each node holds a lock for as long as its connection lives; the rows of
 * one that holds it no more are taken away by the others.
 */
export class PostgresPresence implements Presence {
  readonly node = newId<string>();

  /** How many connections of this node each person has to a workspace. */
  private readonly connections = new Map<string, number>();

  /** Those of them that the table may not know of yet. */
  private readonly unsaved = new Set<string>();

  private saving: Promise<void> = Promise.resolve();

  private timer: NodeJS.Timeout | undefined;

  constructor(
    nodeConnection: NodeConnection,
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly signals: Signals,
    private readonly logger: Logger,
  ) {
    nodeConnection.onConnect(async (client, again) => {
      await client.query(HOLD, [this.node]);
      // The others may have taken this node for dead.
      if (again) for (const key of this.connections.keys()) this.unsaved.add(key);
    });
  }

  start(): void {
    this.timer = setInterval(() => {
      this.save();
      void this.sweep();
    }, SWEEP_EVERY_MS);
  }

  /** Takes away whoever is connected to this node: nobody is any more. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.unsaved.clear();
    await this.saving;
    await this.leaveAll(true);
  }

  enter(workspaceId: WorkspaceId, userId: UserId): void {
    this.count(`${workspaceId} ${userId}`, 1);
  }

  leave(workspaceId: WorkspaceId, userId: UserId): void {
    this.count(`${workspaceId} ${userId}`, -1);
  }

  async list(workspaceId: WorkspaceId): Promise<UserId[]> {
    await this.saving;
    const rows = await this.unitOfWork.read<{ userId: UserId }>({ workspaceId }, LIST, [workspaceId]);
    return rows.map(({ userId }) => userId);
  }

  onChange(listener: (change: PresenceChange) => void): void {
    this.signals.on(TOPIC, (payload) => listener(JSON.parse(payload) as PresenceChange));
  }

  private count(key: string, more: number): void {
    const before = this.connections.get(key) ?? 0;
    const now = before + more;
    if (now > 0) this.connections.set(key, now);
    else this.connections.delete(key);
    if (before > 0 === now > 0) return;
    this.unsaved.add(key);
    this.save();
  }

  /** One after the other: a thousand people who connect at once must not take all connections of the pool. */
  private save(): void {
    if (this.unsaved.size > 0) this.saving = this.saving.then(() => this.saveAll());
  }

  private async saveAll(): Promise<void> {
    for (const key of [...this.unsaved]) if (this.unsaved.delete(key)) await this.saveOne(key);
  }

  private async saveOne(key: string): Promise<void> {
    const [workspaceId, userId] = key.split(' ') as [WorkspaceId, UserId];
    const there = this.connections.has(key);
    try {
      await this.move(workspaceId, there ? 'joined' : 'left', () =>
        this.unitOfWork.execute<Moved>(there ? ENTER : LEAVE, [workspaceId, userId, this.node]),
      );
    } catch (error) {
      this.unsaved.add(key);
      this.logger.debug('Who is there could not be written down', { error });
    }
  }

  /** Changes of one workspace come one after the other, on all nodes, and are told in that order. */
  private async move(
    workspaceId: WorkspaceId,
    change: PresenceChange['change'],
    moves: () => Promise<Moved[]>,
  ): Promise<void> {
    await this.unitOfWork.run({ workspaceId }, async () => {
      await this.unitOfWork.execute(LOCK, [workspaceId]);
      for (const { userId, changes } of await moves()) {
        const told: PresenceChange = { workspaceId, userId, change };
        if (changes) await this.signals.send(TOPIC, JSON.stringify(told));
      }
    });
  }

  private async sweep(): Promise<void> {
    await this.leaveAll(false).catch((error: unknown) => {
      this.logger.debug('Who was connected to dead nodes could not be looked for', { error });
    });
  }

  /** Empties this node, or all others that are dead. */
  private async leaveAll(own: boolean): Promise<void> {
    const values = [this.node, own];
    const places = await this.unitOfWork.read<{ node: string; workspaceId: WorkspaceId }>(
      { platform: true },
      NODES,
      values,
    );
    for (const { node, workspaceId } of places) {
      await this.move(workspaceId, 'left', () => this.unitOfWork.execute<Moved>(LEAVE_ALL, [workspaceId, node, own]));
    }
  }
}
