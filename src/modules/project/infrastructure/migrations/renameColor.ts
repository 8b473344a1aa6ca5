import type { Migration } from '../../../../core/infrastructure/database/Migration';

/** As APIs and CSS write it. */
export const renameColor: Migration = {
  name: '20261120T2030-project-rename-color',
  up: (sql) => sql('ALTER TABLE labels RENAME COLUMN colour TO color'),
  down: (sql) => sql('ALTER TABLE labels RENAME COLUMN color TO colour'),
};
