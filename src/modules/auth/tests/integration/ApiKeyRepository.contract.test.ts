import { apiKeyRepositoryContract } from '../../../../../tests/support/contracts/apiKeyRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('ApiKeyRepository', () => {
  describe('in memory', () => apiKeyRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => apiKeyRepositoryContract(postgresWorld));
});
