import type { Brand } from '../../../core/domain/Brand';
import { oneLine } from '../../../core/domain/oneLine';

/** What a workspace is called: one line of 1 to 100 characters. */
export type WorkspaceName = Brand<string, 'WorkspaceName'>;

/** @throws ValidationError */
export function WorkspaceName(raw: string): WorkspaceName {
  return oneLine(raw, 'name') as WorkspaceName;
}
