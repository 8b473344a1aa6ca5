import { refreshTokenRepositoryContract } from '../../../../../tests/support/contracts/refreshTokenRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('RefreshTokenRepository', () => {
  describe('in memory', () => refreshTokenRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => refreshTokenRepositoryContract(postgresWorld));
});
