import type { Brand } from '../../../core/domain/Brand';

export type CommentId = Brand<string, 'CommentId'>;
