import type { Brand } from '../../../core/domain/Brand';

export type FileId = Brand<string, 'FileId'>;
