import { unitOfWorkContract } from '../../../../tests/support/contracts/unitOfWorkContract';
import { inMemoryWorld } from '../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../tests/support/postgresWorld';

describe('UnitOfWork', () => {
  describe('in memory', () => unitOfWorkContract(inMemoryWorld));
  describe('on PostgreSQL', () => unitOfWorkContract(postgresWorld));
});
