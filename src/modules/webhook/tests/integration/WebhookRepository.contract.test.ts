import { webhookRepositoryContract } from '../../../../../tests/support/contracts/webhookRepositoryContract';
import { inMemoryWorld } from '../../../../../tests/support/inMemoryWorld';
import { postgresWorld } from '../../../../../tests/support/postgresWorld';

describe('WebhookRepository', () => {
  describe('in memory', () => webhookRepositoryContract(inMemoryWorld));
  describe('on PostgreSQL', () => webhookRepositoryContract(postgresWorld));
});
