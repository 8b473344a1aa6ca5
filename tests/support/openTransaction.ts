import { Client } from 'pg';
import type { TestDatabase } from './databases';

/**
 * Runs `text` in a transaction of a superuser that stays open, and holds what it locked, until it is released.
 * @returns the release, which undoes it
 */
export async function openTransaction({ adminUrl }: TestDatabase, text: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query('BEGIN');
  await client.query(text);
  return () => client.end();
}
