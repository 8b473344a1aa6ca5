import type { Migration } from '../../../../core/infrastructure/database/Migration';
import { tenantTable } from '../../../../core/infrastructure/database/tenantTable';

/** Offers stay when a person leaves, hence no key to members. */
export const offerOwnership: Migration = {
  name: '20261120T1453-workspace-offer-ownership',
  up: (sql) =>
    sql(`
      CREATE TABLE ownership_offers (
        workspace_id uuid NOT NULL REFERENCES workspaces,
        id uuid NOT NULL,
        offered_by uuid NOT NULL REFERENCES users,
        user_id uuid NOT NULL REFERENCES users,
        status text NOT NULL CHECK (status IN ('pending', 'accepted', 'declined', 'withdrawn', 'replaced')),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        version integer NOT NULL,
        PRIMARY KEY (workspace_id, id)
      );
      CREATE UNIQUE INDEX ownership_offers_one_pending ON ownership_offers (workspace_id) WHERE status = 'pending';
      ${tenantTable('ownership_offers')}
    `),
  down: (sql) => sql('DROP TABLE ownership_offers'),
};
