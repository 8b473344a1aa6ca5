import { ownershipOfferRepositoryContract } from '../../../../../tests/support/contracts/ownershipOfferRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('OwnershipOfferRepository', () => {
  describe('in memory', () => ownershipOfferRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => ownershipOfferRepositoryContract(postgresWorld));
});
