import type { Brand } from '../../../core/domain/Brand';

export type LabelId = Brand<string, 'LabelId'>;
