import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { APPLICATION_ROLE } from '../../../../core/infrastructure/database/tenantTable';

/**
 * Deletes all that a workspace has left in any table, 30 days after it was deleted and not before, whoever asks. The
 * tables are those of the catalogue with a `workspace_id`, so that no module can be forgotten; as they refer to each
 * other, each pass deletes from those to which nothing refers any more. It runs as the owner, because the application may
 * not delete from every one of them: the event log, above all.
 */
export const purgeWorkspaces: Migration = {
  name: '20261120T1451-workspace-purge-workspaces',
  up: (sql) =>
    sql(`
      CREATE FUNCTION purge_workspace(purged uuid) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE
        scope text := current_setting('app.workspace_id', true);
        waiting text[];
        still_referred_to text[];
        each_table text;
      BEGIN
        PERFORM set_config('app.workspace_id', purged::text, true);
        PERFORM FROM public.workspaces WHERE id = purged AND deleted_at <= now() - interval '30 days' FOR UPDATE;
        IF NOT FOUND THEN
          PERFORM set_config('app.workspace_id', coalesce(scope, ''), true);
          RETURN false;
        END IF;
        SELECT coalesce(array_agg(attrelid::regclass::text ORDER BY attrelid), '{}') INTO waiting
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attname = 'workspace_id'
          AND NOT attisdropped AND NOT relispartition;
        WHILE cardinality(waiting) > 0 LOOP
          still_referred_to := '{}';
          FOREACH each_table IN ARRAY waiting LOOP
            BEGIN
              EXECUTE format('DELETE FROM %s WHERE workspace_id = $1', each_table) USING purged;
            EXCEPTION WHEN foreign_key_violation THEN
              still_referred_to := still_referred_to || each_table;
            END;
          END LOOP;
          IF still_referred_to = waiting THEN
            RAISE EXCEPTION 'The workspace % can not be purged from %.', purged, array_to_string(waiting, ', ');
          END IF;
          waiting := still_referred_to;
        END LOOP;
        DELETE FROM public.workspaces WHERE id = purged;
        PERFORM set_config('app.workspace_id', coalesce(scope, ''), true);
        RETURN true;
      END $$;
      REVOKE ALL ON FUNCTION purge_workspace FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION purge_workspace TO ${APPLICATION_ROLE};
    `),
  down: (sql) => sql('DROP FUNCTION purge_workspace'),
};
