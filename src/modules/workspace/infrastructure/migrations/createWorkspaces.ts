import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { tenantTable } from '../../../../core/infrastructure/database/tenantTable';

/** Members carry the workspace in their key, so that whatever refers to one carries it too. */
export const createWorkspaces: Migration = {
  name: '20261120T0920-workspace-create-workspaces',
  up: (sql) =>
    sql(`
      CREATE TABLE workspaces (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        slug text NOT NULL CONSTRAINT workspaces_slug_key UNIQUE,
        description text,
        settings jsonb NOT NULL,
        owner_id uuid NOT NULL REFERENCES users,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        version integer NOT NULL
      );

      CREATE TABLE members (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        user_id uuid NOT NULL REFERENCES users,
        status text NOT NULL CHECK (status IN ('active', 'inactive', 'banned')),
        joined_at timestamptz NOT NULL,
        version integer NOT NULL,
        CONSTRAINT members_pkey PRIMARY KEY (workspace_id, user_id)
      );
      CREATE INDEX members_of_user ON members (user_id);
      CREATE INDEX members_by_joining ON members (workspace_id, joined_at, user_id);

      CREATE TABLE invitations (
        id uuid NOT NULL,
        workspace_id uuid NOT NULL REFERENCES workspaces,
        email text NOT NULL,
        role text NOT NULL,
        invited_by uuid NOT NULL REFERENCES users,
        token_hash text NOT NULL UNIQUE,
        status text NOT NULL CHECK (status IN ('pending', 'accepted', 'revoked')),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        version integer NOT NULL,
        PRIMARY KEY (workspace_id, id)
      );
      CREATE UNIQUE INDEX invitations_one_pending ON invitations (workspace_id, email) WHERE status = 'pending';

      ${tenantTable('members', { ownRows: (userId) => `user_id = ${userId}` })}
      ${tenantTable('workspaces', {
        column: 'id',
        ownRows: (userId) => `id IN (SELECT workspace_id FROM members WHERE user_id = ${userId})`,
      })}
      ${tenantTable('invitations')}
    `),
  down: (sql) => sql('DROP TABLE invitations, members, workspaces'),
};
