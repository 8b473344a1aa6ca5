import type { Samples } from '../../../../tests/support/moduleSamples';
import { makeEntityName } from './makeEntityName';

export const samples: Samples = {
  entityName: async ({ owner, workspaceId, marker }) =>
    (await makeEntityName(owner, workspaceId, { title: `Entity name ${marker}` })).id,
};
