import { createHash } from 'node:crypto';
import { filesOnDisk } from './attachments';
import { eventually } from './eventually';
import type { TestPlatform } from './testPlatform';

/** One line for each table: how many rows it has, and what they hold. */
const CONTENT = `
  SELECT table_schema || '.' || table_name AS name,
    (xpath('/row/content/text()', query_to_xml(format(
      'SELECT count(*) || '' '' || md5(coalesce(string_agg(md5(t::text), '''' ORDER BY md5(t::text)), '''')) AS content
       FROM %I.%I AS t %s',
      table_schema, table_name,
      CASE table_name
        WHEN 'events' THEN $$WHERE type NOT IN ('access.denied', 'auth.password-refused')$$
        WHEN 'audit_entries' THEN $$WHERE action NOT IN ('access.denied', 'auth.password-refused')$$
        -- Entries get their place in the chain when the time has come, whatever happens meanwhile.
        WHEN 'audit_links' THEN 'WHERE false'
        WHEN 'presences' THEN 'WHERE false'
        -- What was due has been done by now.
        WHEN '_private_jobs' THEN 'WHERE run_at > now()'
      END
    ), true, true, '')))[1]::text AS content
  FROM information_schema.tables
  WHERE table_type = 'BASE TABLE'
    AND (table_schema = 'public' OR (table_schema, table_name) = ('graphile_worker', '_private_jobs'))
  ORDER BY 1`;

/**
 * What a platform holds: every row of every table, the jobs that wait, the mails and the files, each as a number and a hash. Two
 * of them are equal if and only if nothing has changed in between, but that somebody was denied something, or has connected. Waits until
 * the jobs under way are done.
 */
export async function databaseSnapshot(platform: TestPlatform): Promise<Record<string, string>> {
  await eventually(async () => {
    const jobs = await platform.query('SELECT 1 FROM graphile_worker._private_jobs WHERE run_at <= now()');
    expect(jobs).toEqual([]);
  });
  const tables = await platform.query<{ name: string; content: string }>(CONTENT);
  const inbox = await (await fetch(`${platform.address}/dev/inbox.json`)).text();
  return {
    ...Object.fromEntries(tables.map(({ name, content }) => [name, content])),
    mails: createHash('md5').update(inbox).digest('hex'),
    files: (await filesOnDisk(platform)).sort().join(),
  };
}
