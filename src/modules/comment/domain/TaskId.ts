import type { Brand } from '../../../core/domain/Brand';

/** What a comment is about: the id that the project module gives to a task. */
export type TaskId = Brand<string, 'TaskId'>;
