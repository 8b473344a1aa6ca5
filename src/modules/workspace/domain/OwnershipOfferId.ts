import type { Brand } from '../../../core/domain/Brand';

export type OwnershipOfferId = Brand<string, 'OwnershipOfferId'>;
