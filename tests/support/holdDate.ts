const TIMERS = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
] as const;

/** Lets this process read one moment from `Date`, in milliseconds, until `jest.useRealTimers()`; timers run as ever. */
export function holdDate(now: number): void {
  jest.useFakeTimers({ now, doNotFake: [...TIMERS, 'nextTick', 'queueMicrotask', 'performance', 'hrtime'] });
}
