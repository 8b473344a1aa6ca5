import { sessionRepositoryContract } from '../../../../../tests/support/contracts/sessionRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('SessionRepository', () => {
  describe('in memory', () => sessionRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => sessionRepositoryContract(postgresWorld));
});
