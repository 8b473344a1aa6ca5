import type { Brand } from '../../../../src/core/domain/Brand';

export type EntityNameId = Brand<string, 'EntityNameId'>;
