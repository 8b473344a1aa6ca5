import { identityRepositoryContract } from '../../../../../tests/support/contracts/identityRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('IdentityRepository', () => {
  describe('in memory', () => identityRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => identityRepositoryContract(postgresWorld));
});
