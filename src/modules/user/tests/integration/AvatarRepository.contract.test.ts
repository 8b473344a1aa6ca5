import { avatarRepositoryContract } from '../../../../../tests/support/contracts/avatarRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('AvatarRepository', () => {
  describe('in memory', () => avatarRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => avatarRepositoryContract(postgresWorld));
});
