import type { Brand } from '../../../core/domain/Brand';

export type ExportId = Brand<string, 'ExportId'>;
