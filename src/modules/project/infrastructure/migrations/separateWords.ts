import type { Migration } from '../../../../core/infrastructure/database/Migration';

/** All of ASCII that is neither letter nor digit nor blank, as a literal of SQL. */
const PUNCTUATION = `'!"#$%&''()*+,-./:;<=>?@[\\]^_\`{|}~'`;

const IN_BOTH_FORMS = (text: string): string =>
  `to_tsvector(language, ${text}) || to_tsvector('pg_catalog.simple'::regconfig, ${text})`;

const WORDS = (separated: (text: string) => string): string =>
  `setweight(${IN_BOTH_FORMS(separated('title'))}, 'A')
   || setweight(${IN_BOTH_FORMS(separated(`coalesce(description, '')`))}, 'B')`;

/**
 * A word is what stands between blanks and punctuation: `report.pdf` are two. PostgreSQL takes addresses, file names,
 * versions and the like for single words, so that no part and no beginning of a part finds them.
 *
 * Another expression of a generated column would write the whole table anew while nobody may read it. Triggers make the
 * words in its place; as a column does, they work also where triggers are off. What stands keeps its words until the
 * next step.
 */
export const separateWords: Migration = {
  name: '20261120T2150-project-separate-words',
  up: (sql) =>
    sql(`
      CREATE FUNCTION in_words(text text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN translate(text, ${PUNCTUATION}, repeat(' ', length(${PUNCTUATION})));

      CREATE FUNCTION words_of_task(language regconfig, title text, description text) RETURNS tsvector
      LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN ${WORDS((text) => `in_words(${text})`)};

      CREATE FUNCTION make_task_words() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        new.words := words_of_task(new.language, new.title, new.description);
        RETURN new;
      END $$;

      ALTER TABLE tasks ALTER COLUMN words DROP EXPRESSION;
      CREATE TRIGGER make_words BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION make_task_words();
      CREATE TRIGGER remake_words BEFORE UPDATE OF title, description, language ON tasks FOR EACH ROW
        WHEN ((old.title, old.description, old.language) IS DISTINCT FROM (new.title, new.description, new.language))
        EXECUTE FUNCTION make_task_words();
      ALTER TABLE tasks ENABLE ALWAYS TRIGGER make_words, ENABLE ALWAYS TRIGGER remake_words;
    `),
  down: (sql) =>
    sql(`
      SELECT set_config('app.platform', 'on', true);
      DROP TRIGGER make_words ON tasks;
      DROP TRIGGER remake_words ON tasks;
      DROP TRIGGER change_words ON tasks;
      ALTER TABLE tasks DROP COLUMN words, ADD COLUMN words tsvector GENERATED ALWAYS AS (${WORDS((text) => text)}) STORED;
      CREATE TRIGGER change_words AFTER UPDATE OF title, description, language ON tasks FOR EACH ROW
        WHEN (old.words IS DISTINCT FROM new.words) EXECUTE FUNCTION keep_task_words();
      DELETE FROM task_words;
      INSERT INTO task_words (workspace_id, word, task_id)
      SELECT workspace_id, word, id FROM tasks, unnest(tsvector_to_array(words)) AS word;
      DROP FUNCTION make_task_words, words_of_task, in_words;
    `),
};
