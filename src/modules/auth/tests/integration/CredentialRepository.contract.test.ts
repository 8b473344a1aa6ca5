import { credentialRepositoryContract } from '../../../../../tests/support/contracts/credentialRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('CredentialRepository', () => {
  describe('in memory', () => credentialRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => credentialRepositoryContract(postgresWorld));
});
