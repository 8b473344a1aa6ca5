/** Runs one or, without values, several statements in the migration's transaction. */
export type RunSql = (text: string, values?: unknown[]) => Promise<unknown>;

/** One step of the schema. Its name, `YYYYMMDDTHHMM-<module>-<what>`, orders the steps of all modules. */
export interface Migration {
  readonly name: string;
  up(sql: RunSql): Promise<unknown>;
  down(sql: RunSql): Promise<unknown>;
}
