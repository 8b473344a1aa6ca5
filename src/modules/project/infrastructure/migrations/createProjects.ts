import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { tenantTable } from '../../../../core/infrastructure/database/tenantTable';

/** Those that PostgreSQL can stem (its documentation, section 12.6.6), by the first part of a language tag. */
const LANGUAGES = {
  ar: 'arabic',
  hy: 'armenian',
  eu: 'basque',
  ca: 'catalan',
  da: 'danish',
  nl: 'dutch',
  en: 'english',
  fi: 'finnish',
  fr: 'french',
  de: 'german',
  el: 'greek',
  hi: 'hindi',
  hu: 'hungarian',
  id: 'indonesian',
  ga: 'irish',
  it: 'italian',
  lt: 'lithuanian',
  ne: 'nepali',
  nb: 'norwegian',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  es: 'spanish',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  yi: 'yiddish',
};

const CASES = Object.entries(LANGUAGES).map(
  ([tag, language]) => `WHEN '${tag}' THEN 'pg_catalog.${language}'::regconfig`,
);

const IN_BOTH_FORMS = (text: string): string =>
  `to_tsvector(language, ${text}) || to_tsvector('pg_catalog.simple'::regconfig, ${text})`;

/**
 * Projects, tasks, labels and watchers. Lists leave deleted rows out, so their indexes do.
 *
 * The words of a task stand in the language of its workspace, stemmed, and as they are written, so that the beginning
 * of one finds it. Row-level security lets only leakproof operators reach an index, and `@@` is not one of them; equality
 * and order of texts are. Hence `task_words`, one row for a word and task, which triggers keep (docs/adr/0027).
 */
export const createProjects: Migration = {
  name: '20261120T1800-project-create-projects',
  up: (sql) =>
    sql(`
      CREATE TABLE projects (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        name text NOT NULL,
        key text NOT NULL,
        description text,
        status text NOT NULL CHECK (status IN ('active', 'archived')),
        lead_id uuid REFERENCES users,
        start_date date,
        end_date date,
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        deleted_at timestamptz,
        version integer NOT NULL,
        PRIMARY KEY (workspace_id, id),
        CHECK (start_date <= end_date)
      );
      CREATE UNIQUE INDEX projects_key ON projects (workspace_id, key) WHERE deleted_at IS NULL;
      CREATE INDEX projects_by_making ON projects (workspace_id, created_at, id) WHERE deleted_at IS NULL;
      CREATE INDEX projects_by_name ON projects (workspace_id, name, id) WHERE deleted_at IS NULL;
      CREATE INDEX projects_led_by ON projects (workspace_id, lead_id) WHERE deleted_at IS NULL;
      CREATE INDEX projects_by_deletion ON projects (deleted_at) WHERE deleted_at IS NOT NULL;
      ${tenantTable('projects')}

      CREATE TABLE labels (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        name text NOT NULL,
        colour text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        version integer NOT NULL,
        PRIMARY KEY (workspace_id, id)
      );
      CREATE UNIQUE INDEX labels_name ON labels (workspace_id, lower(name));
      CREATE INDEX labels_by_name ON labels (workspace_id, name, id);
      ${tenantTable('labels')}

      CREATE FUNCTION search_language(locale text) RETURNS regconfig LANGUAGE sql IMMUTABLE
      RETURN CASE split_part(coalesce(locale, 'en'), '-', 1) ${CASES.join(' ')} ELSE 'pg_catalog.simple'::regconfig END;

      CREATE FUNCTION workspace_language() RETURNS regconfig LANGUAGE sql STABLE
      RETURN search_language((
        SELECT settings->>'locale' FROM workspaces
        WHERE id = nullif(current_setting('app.workspace_id', true), '')::uuid
      ));

      CREATE TABLE tasks (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        title text NOT NULL,
        description text,
        status text NOT NULL CHECK (status IN ('todo', 'in_progress', 'done', 'cancelled')),
        priority text NOT NULL CHECK (priority IN ('low', 'medium', 'high', 'urgent')),
        urgency smallint GENERATED ALWAYS AS (array_position(ARRAY['low', 'medium', 'high', 'urgent'], priority)) STORED,
        assignee_id uuid REFERENCES users,
        project_id uuid,
        parent_id uuid CHECK (parent_id <> id),
        due_date timestamptz,
        rank text COLLATE "C" NOT NULL,
        created_by uuid NOT NULL,
        completed_at timestamptz,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        deleted_at timestamptz,
        version integer NOT NULL,
        language regconfig NOT NULL DEFAULT workspace_language(),
        words tsvector GENERATED ALWAYS AS (
          setweight(${IN_BOTH_FORMS('title')}, 'A') || setweight(${IN_BOTH_FORMS(`coalesce(description, '')`)}, 'B')
        ) STORED,
        PRIMARY KEY (workspace_id, id),
        FOREIGN KEY (workspace_id, project_id) REFERENCES projects ON DELETE CASCADE,
        -- Rows may come in any order, as those of an archive do.
        FOREIGN KEY (workspace_id, parent_id) REFERENCES tasks ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        CHECK ((status = 'done') = (completed_at IS NOT NULL))
      );
      CREATE INDEX tasks_by_making ON tasks (workspace_id, created_at, id) WHERE deleted_at IS NULL;
      CREATE INDEX tasks_by_change ON tasks (workspace_id, updated_at, id) WHERE deleted_at IS NULL;
      CREATE INDEX tasks_by_due_date ON tasks (workspace_id, (coalesce(due_date, 'infinity'::timestamptz)), id)
        WHERE deleted_at IS NULL;
      CREATE INDEX tasks_by_urgency ON tasks (workspace_id, urgency, id) WHERE deleted_at IS NULL;
      CREATE INDEX tasks_by_rank ON tasks (workspace_id, status, rank, id) WHERE deleted_at IS NULL;
      CREATE INDEX tasks_of_assignee ON tasks (workspace_id, assignee_id, created_at, id) WHERE deleted_at IS NULL;
      CREATE INDEX tasks_of_project ON tasks (workspace_id, project_id, created_at, id);
      CREATE INDEX tasks_of_parent ON tasks (workspace_id, parent_id) WHERE parent_id IS NOT NULL;
      CREATE INDEX tasks_by_deletion ON tasks (deleted_at) WHERE deleted_at IS NOT NULL;
      ${tenantTable('tasks')}

      CREATE TABLE task_labels (
        workspace_id uuid NOT NULL,
        task_id uuid NOT NULL,
        label_id uuid NOT NULL,
        PRIMARY KEY (workspace_id, task_id, label_id),
        FOREIGN KEY (workspace_id, task_id) REFERENCES tasks ON DELETE CASCADE,
        CONSTRAINT task_labels_label_fkey FOREIGN KEY (workspace_id, label_id) REFERENCES labels ON DELETE CASCADE
      );
      CREATE INDEX task_labels_of_label ON task_labels (workspace_id, label_id, task_id);
      ${tenantTable('task_labels')}

      CREATE TABLE task_watchers (
        workspace_id uuid NOT NULL,
        task_id uuid NOT NULL,
        user_id uuid NOT NULL,
        PRIMARY KEY (workspace_id, task_id, user_id),
        FOREIGN KEY (workspace_id, task_id) REFERENCES tasks ON DELETE CASCADE,
        FOREIGN KEY (workspace_id, user_id) REFERENCES members ON DELETE CASCADE
      );
      CREATE INDEX task_watchers_of_member ON task_watchers (workspace_id, user_id);
      ${tenantTable('task_watchers')}

      CREATE TABLE task_words (
        workspace_id uuid NOT NULL,
        word text COLLATE "C" NOT NULL,
        task_id uuid NOT NULL,
        PRIMARY KEY (workspace_id, word, task_id)
      );
      ${tenantTable('task_words')}

      CREATE FUNCTION keep_task_words() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        gone text[] := CASE WHEN TG_OP <> 'INSERT' THEN tsvector_to_array(old.words) ELSE '{}' END;
        there text[] := CASE WHEN TG_OP <> 'DELETE' THEN tsvector_to_array(new.words) ELSE '{}' END;
      BEGIN
        IF TG_OP <> 'INSERT' THEN
          DELETE FROM task_words
          WHERE workspace_id = old.workspace_id AND task_id = old.id AND word = ANY (gone) AND word <> ALL (there);
        END IF;
        IF TG_OP <> 'DELETE' THEN
          INSERT INTO task_words (workspace_id, word, task_id)
          SELECT new.workspace_id, word, new.id FROM unnest(there) AS word WHERE word <> ALL (gone);
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER keep_words AFTER INSERT OR DELETE ON tasks FOR EACH ROW EXECUTE FUNCTION keep_task_words();
      CREATE TRIGGER change_words AFTER UPDATE OF title, description, language ON tasks FOR EACH ROW
        WHEN (old.words IS DISTINCT FROM new.words) EXECUTE FUNCTION keep_task_words();
    `),
  down: (sql) =>
    sql(`
      DROP TABLE task_words, task_watchers, task_labels, tasks, labels, projects;
      DROP FUNCTION keep_task_words, workspace_language, search_language;
    `),
};
