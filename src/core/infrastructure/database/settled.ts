/**
 * The oldest transaction that is open and may have written here, as SQL. The snapshot knows those of all databases of
 * the server: who has one open in another database is looked up by its lock on its own number. A transaction of which
 * that can't be told counts as one of this database.
 */
const OLDEST_OPEN_HERE = `coalesce((
  SELECT open FROM pg_snapshot_xip(pg_current_snapshot()) AS open
  WHERE NOT EXISTS (
    SELECT FROM pg_locks AS held JOIN pg_stat_activity AS session USING (pid)
    WHERE held.locktype = 'transactionid' AND held.mode = 'ExclusiveLock' AND held.granted
      AND held.transactionid = open::xid AND session.datname <> current_database()
  )
  ORDER BY open LIMIT 1
), pg_snapshot_xmax(pg_current_snapshot()))`;

/**
 * SQL for whether no transaction up to this one is open any more: what is visible there can't be preceded by anything.
 * `pg_snapshot_xmin` answers at no cost unless something is open; only then is it looked up, where.
 *
 * @param transaction the column that holds the number of the transaction (xid8)
 */
export const isSettled = (transaction: string): string =>
  `CASE WHEN ${transaction} < pg_snapshot_xmin(pg_current_snapshot()) THEN true
     ELSE ${transaction} < ${OLDEST_OPEN_HERE} END`;
