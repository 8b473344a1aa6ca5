/** The value that a share of all, from 0 to 1, does not exceed; NaN when there is none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length * share)] ?? NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
