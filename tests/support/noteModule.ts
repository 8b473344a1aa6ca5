import { Column, DataType, Model, PrimaryKey, Table } from 'sequelize-typescript';
import type { AtriumModule } from '../../src/core/bootstrap/module';
import type { Migration } from '../../src/core/infrastructure/database/Migration';
import { statement } from '../../src/core/infrastructure/database/Statement';
import { tenantTable } from '../../src/core/infrastructure/database/tenantTable';

export const ADD_NOTE = statement('note.add', 'INSERT INTO notes (workspace_id, text) VALUES ($1, $2)');
export const LIST_NOTES = statement('note.list', 'SELECT text FROM notes ORDER BY text');

@Table({ tableName: 'notes' })
export class NoteModel extends Model {
  @PrimaryKey
  @Column(DataType.UUID)
  declare workspaceId: string;

  @PrimaryKey
  @Column(DataType.TEXT)
  declare text: string;
}

const createNotes: Migration = {
  name: '20991231T0000-note-create-notes',
  up: (sql) =>
    sql(`
      CREATE TABLE notes (
        workspace_id uuid NOT NULL,
        text text NOT NULL CHECK (text <> ''),
        PRIMARY KEY (workspace_id, text)
      );
      ${tenantTable('notes')}
    `),
  down: (sql) => sql('DROP TABLE notes'),
};

/** The smallest module with a tenant table, for tests of what core does for all modules; `parts` come on top. */
export function noteModule(parts: Partial<AtriumModule> = {}): AtriumModule {
  return {
    name: 'note',
    services: {},
    controllers: [],
    events: [],
    handlers: [],
    permissions: [],
    models: [NoteModel],
    migrations: [createNotes],
    ...parts,
  };
}
