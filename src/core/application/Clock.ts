/** The time, as an argument rather than a global, so that tests can move it. */
export interface Clock {
  now(): Date;
}
