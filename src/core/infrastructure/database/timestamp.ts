import { types } from 'pg';
import { Moment } from '../../domain/Moment';

export const TIMESTAMPTZ: number = types.builtins.TIMESTAMPTZ;

const parse = types.getTypeParser(TIMESTAMPTZ, 'text') as (text: string) => unknown;

/** At UTC. PostgreSQL leaves out a fraction of zero, and zeros at the end of one. */
const PLAIN = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00$/;

/** Reads a timestamptz to the millisecond; one of another time zone or era, or `infinity`, as pg does. */
export function timestamp(text: string): unknown {
  if (!PLAIN.test(text)) return parse(text);
  const milliseconds = text.slice(20, -3).slice(0, 3).padEnd(3, '0');
  return new Moment(`${text.slice(0, 10)}T${text.slice(11, 19)}.${milliseconds}Z`);
}
