import { userRepositoryContract } from '../../../../../tests/support/contracts/userRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('UserRepository', () => {
  describe('in memory', () => userRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => userRepositoryContract(postgresWorld));
});
