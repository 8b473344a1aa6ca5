import type { Brand } from '../../../core/domain/Brand';

export type ProjectId = Brand<string, 'ProjectId'>;
