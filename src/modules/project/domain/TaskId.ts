import type { Brand } from '../../../core/domain/Brand';

export type TaskId = Brand<string, 'TaskId'>;
