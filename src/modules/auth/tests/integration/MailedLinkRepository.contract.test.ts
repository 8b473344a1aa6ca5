import { mailedLinkRepositoryContract } from '../../../../../tests/support/contracts/mailedLinkRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('MailedLinkRepository', () => {
  describe('in memory', () => mailedLinkRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => mailedLinkRepositoryContract(postgresWorld));
});
