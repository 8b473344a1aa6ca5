import { createHash } from 'node:crypto';
import type { Row } from './readRow';

const MODULUS = 2n ** 256n;

/** What some rows hold, whatever their order: how many they are, and the sum of the SHA-256 of each. */
export class RowSum {
  private rows = 0;

  private sum = 0n;

  add(row: Row): void {
    const digest = createHash('sha256')
      .update(JSON.stringify(canonical(row)))
      .digest('hex');
    this.rows += 1;
    this.sum = (this.sum + BigInt(`0x${digest}`)) % MODULUS;
  }

  get count(): number {
    return this.rows;
  }

  equals(other: RowSum): boolean {
    return this.rows === other.rows && this.sum === other.sum;
  }
}

/** JSON's objects have no order. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, each]) => [name, canonical(each)] as const);
  return Object.fromEntries(members.sort(([left], [right]) => (left < right ? -1 : 1)));
}
