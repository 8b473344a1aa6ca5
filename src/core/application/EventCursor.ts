/** Where an event stands in the order of all: its transaction, then its place in it. */
export type EventCursor = readonly [transaction: bigint, position: bigint];

const SHAPE = /^(\d{1,20})\.(\d{1,19})$/;
const LAST_TRANSACTION = 2n ** 64n - 1n;
const LAST_POSITION = 2n ** 63n - 1n;

/** Reads a cursor as clients have it; undefined when it is none. */
export function parseCursor(raw: string): EventCursor | undefined {
  const [, transaction, position] = SHAPE.exec(raw) ?? [];
  if (transaction === undefined || position === undefined) return undefined;
  const cursor = [BigInt(transaction), BigInt(position)] as const;
  return cursor[0] <= LAST_TRANSACTION && cursor[1] <= LAST_POSITION ? cursor : undefined;
}

/** Behind every event of the transactions before this one. */
export const cursorBefore = (transaction: bigint): string => `${transaction - 1n}.${LAST_POSITION}`;

/** Whether the first stands behind the second. */
export function isLater([transaction, position]: EventCursor, [other, place]: EventCursor): boolean {
  return transaction === other ? position > place : transaction > other;
}
