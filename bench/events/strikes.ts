import { once } from 'node:events';
import { connect } from 'node:net';
import { Client } from 'pg';
import { factsOf, TYPE } from './Beat';
import type { Hall } from './beats';

type Strike = Hall['strike'];

const LOG = `INSERT INTO events (id, workspace_id, type, occurred_at, facts)
  SELECT gen_random_uuid(), workspace_id, $2, now(), $3
  FROM generate_series(1, $4), unnest($1::uuid[]) AS workspace_id`;
/** What a node tells the others at its commit. */
const SIGNAL = `SELECT pg_notify('atrium_signals', '{"topic":"events-committed","payload":""}')`;

/** Events that another node commits: from the COMMIT on, the log holds them. */
export async function strikesInLog(adminUrl: string): Promise<{ strike: Strike; end: () => Promise<void> }> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  // What a commit waits for a disk is measured with the writes.
  await client.query('SET synchronous_commit = off');
  const strike: Strike = async (beat, begin) => {
    await client.query('BEGIN');
    await client.query(LOG, [beat.workspaces, TYPE, JSON.stringify(factsOf(beat)), beat.turns]);
    await client.query(SIGNAL);
    begin();
    await client.query('COMMIT');
  };
  return { strike, end: () => client.end() };
}

/** One request, on a connection that is kept. */
export function strikesByRequest(port: number): { strike: Strike; end: () => void } {
  const socket = connect(port, '127.0.0.1').setNoDelay();
  const strike: Strike = async (beat, begin) => {
    const body = JSON.stringify(beat);
    const head = `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${body.length}\r\n\r\n`;
    begin();
    socket.write(head + body);
    await once(socket, 'data');
  };
  return { strike, end: () => socket.destroy() };
}
