import type { Migration } from '../../../../core/infrastructure/database/Migration';

const TELLS_WORDS = `type IN ('comment.created', 'comment.updated')`;
const WITHOUT_BODY = `jsonb_set(facts, '{comment,body}', '""')`;

/**
 * What a comment said goes out of the log in the moment in which it says something else, or is deleted, by whatever way:
 * also with its task. A comment names the one event that still tells its words, as the log is found by no content: the
 * conditions of row-level security come before those on JSON. The trigger runs as the owner, because the application may
 * change nothing in the log, and empties the body of that event if it is one of this comment.
 */
export const forgetWords: Migration = {
  name: '20261120T2120-comment-forget-words',
  up: (sql) =>
    sql(`
      ALTER TABLE task_comments ADD COLUMN event_id uuid;
      SELECT set_config('app.platform', 'on', true);
      UPDATE task_comments SET event_id = events.id FROM events
      WHERE events.workspace_id = task_comments.workspace_id AND ${TELLS_WORDS}
        AND facts->'comment'->>'id' = task_comments.id::text
        AND facts->'comment'->'version' = to_jsonb(task_comments.version);
      UPDATE events SET facts = ${WITHOUT_BODY}
      WHERE ${TELLS_WORDS} AND NOT EXISTS (
        SELECT FROM task_comments WHERE workspace_id = events.workspace_id AND event_id = events.id);
      ALTER TABLE task_comments ALTER COLUMN event_id SET NOT NULL;

      CREATE FUNCTION forget_comment_words() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      BEGIN
        UPDATE public.events SET facts = ${WITHOUT_BODY}
        WHERE id = OLD.event_id AND workspace_id = OLD.workspace_id AND ${TELLS_WORDS}
          AND facts->'comment'->>'id' = OLD.id::text;
        RETURN NULL;
      END $$;
      REVOKE ALL ON FUNCTION forget_comment_words FROM PUBLIC;
      CREATE TRIGGER forget_words AFTER UPDATE OF event_id OR DELETE ON task_comments
        FOR EACH ROW EXECUTE FUNCTION forget_comment_words();
    `),
  down: (sql) =>
    sql(`
      DROP TRIGGER forget_words ON task_comments;
      DROP FUNCTION forget_comment_words;
      ALTER TABLE task_comments DROP COLUMN event_id;
    `),
};
