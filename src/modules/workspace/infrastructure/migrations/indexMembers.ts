import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { tenantTable } from '../../../../core/infrastructure/database/tenantTable';

const AS_PLATFORM = `DECLARE scope text := current_setting('app.platform', true);
      BEGIN
        PERFORM set_config('app.platform', 'on', true);`;
const AS_BEFORE = "PERFORM set_config('app.platform', coalesce(scope, ''), true);";

/**
 * The trigrams of each member's name and address, by workspace, for the search (docs/adr/0014). Triggers keep them, so
 * that a search finds what was committed before it, and no write forgets them. A change of a name reaches all
 * workspaces of the person, hence the scope of a platform job. Joining waits for a change of the name that is under way,
 * and the other way round, so that neither misses the other.
 */
export const indexMembers: Migration = {
  name: '20261120T1120-workspace-index-members',
  up: (sql) =>
    sql(`
      CREATE TABLE member_trigrams (
        workspace_id uuid NOT NULL,
        trigram text COLLATE "C" NOT NULL,
        user_id uuid NOT NULL,
        PRIMARY KEY (workspace_id, trigram, user_id),
        FOREIGN KEY (workspace_id, user_id) REFERENCES members ON DELETE CASCADE
      );
      CREATE INDEX member_trigrams_of_member ON member_trigrams (user_id, workspace_id);

      SELECT set_config('app.platform', 'on', true);
      INSERT INTO member_trigrams (workspace_id, trigram, user_id)
        SELECT members.workspace_id, trigram, members.user_id
        FROM members JOIN users ON users.id = members.user_id, unnest(show_trgm(users.name || ' ' || users.email)) AS trigram;
      ${tenantTable('member_trigrams')}

      CREATE FUNCTION add_member_trigrams() RETURNS trigger LANGUAGE plpgsql AS $$
      ${AS_PLATFORM}
        INSERT INTO member_trigrams (workspace_id, trigram, user_id)
          SELECT new.workspace_id, trigram, new.user_id
          FROM users, unnest(show_trgm(users.name || ' ' || users.email)) AS trigram
          WHERE users.id = new.user_id
          FOR SHARE OF users;
        ${AS_BEFORE}
        RETURN NULL;
      END $$;
      CREATE TRIGGER add_trigrams AFTER INSERT ON members FOR EACH ROW EXECUTE FUNCTION add_member_trigrams();

      CREATE FUNCTION change_member_trigrams() RETURNS trigger LANGUAGE plpgsql AS $$
      ${AS_PLATFORM}
        DELETE FROM member_trigrams WHERE user_id = new.id;
        INSERT INTO member_trigrams (workspace_id, trigram, user_id)
          SELECT members.workspace_id, trigram, new.id
          FROM members, unnest(show_trgm(new.name || ' ' || new.email)) AS trigram
          WHERE members.user_id = new.id;
        ${AS_BEFORE}
        RETURN NULL;
      END $$;
      CREATE TRIGGER change_trigrams AFTER UPDATE OF name, email ON users FOR EACH ROW
        WHEN ((old.name, old.email) IS DISTINCT FROM (new.name, new.email)) EXECUTE FUNCTION change_member_trigrams();

      CREATE INDEX invitations_to_address ON invitations (email) WHERE status = 'pending';
    `),
  down: (sql) =>
    sql(`
      DROP INDEX invitations_to_address;
      DROP TRIGGER change_trigrams ON users;
      DROP TRIGGER add_trigrams ON members;
      DROP FUNCTION change_member_trigrams, add_member_trigrams;
      DROP TABLE member_trigrams;
    `),
};
