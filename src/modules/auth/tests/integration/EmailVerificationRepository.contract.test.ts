import { emailVerificationRepositoryContract } from '../../../../../tests/support/contracts/emailVerificationRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('EmailVerificationRepository', () => {
  describe('in memory', () => emailVerificationRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => emailVerificationRepositoryContract(postgresWorld));
});
