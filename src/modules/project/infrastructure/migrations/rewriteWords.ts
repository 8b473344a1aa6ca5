import type { Migration } from '../../../../core/infrastructure/database/Migration';

/**
 * Gives the tasks that stand their words anew, each in a transaction of its own, so that no one who writes waits, or waits
 * for one task alone. Broken off, it begins again with those that are left. The language is named for the trigger that
 * keeps `task_words`.
 */
export const rewriteWords: Migration = {
  name: '20261120T2151-project-rewrite-words',
  async up(sql) {
    await sql('COMMIT');
    await sql(`
      DO $$
      DECLARE task record;
      BEGIN
        PERFORM set_config('app.platform', 'on', false);
        FOR task IN
          SELECT workspace_id, id FROM tasks WHERE words IS DISTINCT FROM words_of_task(language, title, description)
        LOOP
          -- Ends the task before this one, and the first time makes PostgreSQL read the list to its end.
          COMMIT;
          UPDATE tasks SET language = language, words = words_of_task(language, title, description)
          WHERE workspace_id = task.workspace_id AND id = task.id;
        END LOOP;
        PERFORM set_config('app.platform', '', false);
      END $$
    `);
    await sql('BEGIN');
  },
  // The step before takes back all words.
  down: async () => {},
};
