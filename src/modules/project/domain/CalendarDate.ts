import type { Brand } from '../../../core/domain/Brand';
import { ValidationError } from '../../../core/errors/ValidationError';

/** A day, wherever one is: `2026-11-20`; no calendar has a year 0. */
export type CalendarDate = Brand<string, 'CalendarDate'>;

/** @throws ValidationError for a day that no calendar has */
export function CalendarDate(raw: string): CalendarDate {
  const at = new Date(`${raw}T00:00:00Z`);
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(raw) || Number.isNaN(at.getTime()) || !at.toISOString().startsWith(raw)) {
    throw ValidationError.field('date', 'A date must be written like 2026-11-20, and be one.');
  }
  return raw as CalendarDate;
}
