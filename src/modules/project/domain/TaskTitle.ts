import type { Brand } from '../../../core/domain/Brand';
import { oneLine } from '../../../core/domain/oneLine';

/** What is to be done, in one line of 1 to 200 characters. */
export type TaskTitle = Brand<string, 'TaskTitle'>;

/** @throws ValidationError */
export function TaskTitle(raw: string): TaskTitle {
  return oneLine(raw, 'title', 200) as TaskTitle;
}
