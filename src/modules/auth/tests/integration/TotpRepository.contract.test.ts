import { totpRepositoryContract } from '../../../../../tests/support/contracts/totpRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('TotpRepository', () => {
  describe('in memory', () => totpRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => totpRepositoryContract(postgresWorld));
});
