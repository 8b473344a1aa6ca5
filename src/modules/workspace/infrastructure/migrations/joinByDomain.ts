import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { tenantTable } from '../../../../core/infrastructure/database/tenantTable';

/**
 * The e-mail domains that let people in, apart from the settings they stand in, because row-level security lets only
 * equality reach an index; a trigger keeps the two equal. And who has left or was removed, whom a domain lets in no more.
 */
export const joinByDomain: Migration = {
  name: '20261120T1454-workspace-join-by-domain',
  up: (sql) =>
    sql(`
      CREATE TABLE allowed_email_domains (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        domain text NOT NULL,
        PRIMARY KEY (workspace_id, domain)
      );
      CREATE INDEX allowed_email_domains_by_domain ON allowed_email_domains (domain);
      ${tenantTable('allowed_email_domains')}

      CREATE FUNCTION keep_allowed_email_domains() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM allowed_email_domains WHERE workspace_id = new.id;
        INSERT INTO allowed_email_domains (workspace_id, domain)
          SELECT DISTINCT new.id, domain FROM jsonb_array_elements_text(new.settings->'allowedEmailDomains') AS domain;
        RETURN NULL;
      END $$;
      CREATE TRIGGER keep_email_domains AFTER UPDATE OF settings ON workspaces FOR EACH ROW
        WHEN (old.settings->'allowedEmailDomains' IS DISTINCT FROM new.settings->'allowedEmailDomains')
        EXECUTE FUNCTION keep_allowed_email_domains();

      CREATE TABLE departures (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        user_id uuid NOT NULL REFERENCES users,
        PRIMARY KEY (workspace_id, user_id)
      );
      ${tenantTable('departures')}
    `),
  down: (sql) =>
    sql(`
      DROP TABLE departures;
      DROP TRIGGER keep_email_domains ON workspaces;
      DROP FUNCTION keep_allowed_email_domains;
      DROP TABLE allowed_email_domains;
    `),
};
