import type { Brand } from '../../../core/domain/Brand';
import { oneLine } from '../../../core/domain/oneLine';

/** What a project is called: one line of 1 to 100 characters. */
export type ProjectName = Brand<string, 'ProjectName'>;

/** @throws ValidationError */
export function ProjectName(raw: string): ProjectName {
  return oneLine(raw, 'name') as ProjectName;
}
