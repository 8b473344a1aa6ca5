import { invitationRepositoryContract } from '../../../../../tests/support/contracts/invitationRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('InvitationRepository', () => {
  describe('in memory', () => invitationRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => invitationRepositoryContract(postgresWorld));
});
