import type { Migration } from '../../../../core/infrastructure/database/Migration';

export const addPlatformAdmin: Migration = {
  name: '20261120T0950-user-add-platform-admin',
  up: (sql) => sql('ALTER TABLE users ADD COLUMN platform_admin boolean NOT NULL DEFAULT false'),
  down: (sql) => sql('ALTER TABLE users DROP COLUMN platform_admin'),
};
