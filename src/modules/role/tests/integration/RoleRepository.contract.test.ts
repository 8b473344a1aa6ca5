import { roleRepositoryContract } from '../../../../../tests/support/contracts/roleRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('RoleRepository', () => {
  describe('in memory', () => roleRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => roleRepositoryContract(postgresWorld));
});
