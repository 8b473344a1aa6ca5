import type { Migration } from '../../../../core/infrastructure/database/Migration';

/**
 * Pictures lie in the file storage, as attachments do. Those in the table are dropped and not moved: a migration reaches no
 * storage, and no release has ever kept one there.
 */
export const storeAvatars: Migration = {
  name: '20261120T2025-user-store-avatars',
  up: (sql) =>
    sql(`
      TRUNCATE avatars;
      ALTER TABLE avatars
        DROP COLUMN content,
        ADD COLUMN picture_id uuid NOT NULL,
        ADD COLUMN bytes integer NOT NULL CHECK (bytes > 0),
        ADD COLUMN sha256 text NOT NULL;
    `),
  down: (sql) =>
    sql(`
      TRUNCATE avatars;
      ALTER TABLE avatars
        DROP COLUMN picture_id,
        DROP COLUMN bytes,
        DROP COLUMN sha256,
        ADD COLUMN content bytea NOT NULL;
    `),
};
