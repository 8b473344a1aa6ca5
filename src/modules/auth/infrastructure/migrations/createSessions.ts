import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { platformTable } from '../../../../core/infrastructure/database/tenantTable';

export const createSessions: Migration = {
  name: '20261120T0940-auth-create-sessions',
  up: (sql) =>
    sql(`
      CREATE TABLE credentials (
        user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
        password_hash text NOT NULL,
        changed_at timestamptz NOT NULL
      );
      CREATE TABLE sessions (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        ip text NOT NULL,
        user_agent text NOT NULL,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        version integer NOT NULL
      );
      CREATE INDEX sessions_of_user ON sessions (user_id);
      CREATE TABLE refresh_tokens (
        hash text PRIMARY KEY,
        session_id uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
        spent_at timestamptz
      );
      CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id);
      CREATE TABLE mailed_links (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        purpose text NOT NULL,
        token_hash text NOT NULL UNIQUE,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX mailed_links_of_user ON mailed_links (user_id);
      ${['credentials', 'sessions', 'refresh_tokens', 'mailed_links'].map((table) => platformTable(table)).join('\n')}
    `),
  down: (sql) => sql('DROP TABLE mailed_links, refresh_tokens, sessions, credentials'),
};
