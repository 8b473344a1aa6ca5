import { Client } from 'pg';
import { newId } from '../../src/core/domain/Id';
import type { TestDatabase } from './databases';

/**
 * Adds an event to a workspace in a transaction that stays open until it is committed.
 * @returns the commit
 */
export async function holdEvent(
  { adminUrl }: TestDatabase,
  workspaceId: string,
  type: string,
): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO events (id, workspace_id, type, occurred_at, facts) VALUES ($1, $2, $3, now(), '{"workspace": {"name": "held"}}')`,
    [newId(), workspaceId, type],
  );
  return async () => {
    await client.query('COMMIT');
    await client.end();
  };
}
