import { memberRepositoryContract } from '../../../../../tests/support/contracts/memberRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('MemberRepository', () => {
  describe('in memory', () => memberRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => memberRepositoryContract(postgresWorld));
});
