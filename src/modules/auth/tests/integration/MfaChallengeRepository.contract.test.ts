import { mfaChallengeRepositoryContract } from '../../../../../tests/support/contracts/mfaChallengeRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('MfaChallengeRepository', () => {
  describe('in memory', () => mfaChallengeRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => mfaChallengeRepositoryContract(postgresWorld));
});
