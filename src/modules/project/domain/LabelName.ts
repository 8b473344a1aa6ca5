import type { Brand } from '../../../core/domain/Brand';
import { oneLine } from '../../../core/domain/oneLine';

/** What a label says: one line of 1 to 50 characters. */
export type LabelName = Brand<string, 'LabelName'>;

/** @throws ValidationError */
export function LabelName(raw: string): LabelName {
  return oneLine(raw, 'name', 50) as LabelName;
}
