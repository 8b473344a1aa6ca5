import { workspaceRepositoryContract } from '../../../../../tests/support/contracts/workspaceRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('WorkspaceRepository', () => {
  describe('in memory', () => workspaceRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => workspaceRepositoryContract(postgresWorld));
});
