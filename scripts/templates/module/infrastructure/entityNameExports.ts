import { asIs, checked, exported, idOf, mentionsIds } from '../../../../src/core/application/TableExport';
import { EntityNameTitle } from '../domain/EntityNameTitle';

export const entityNameExports = [
  exported('entity_names', ['id'], {
    id: idOf('entity_names'),
    title: checked(EntityNameTitle),
    body: asIs,
    // An API key, too.
    created_by: mentionsIds,
    created_at: asIs,
    updated_at: asIs,
    version: asIs,
  }),
];
