import { randomFillSync } from 'node:crypto';
import type { Brand } from './Brand';

export type UserId = Brand<string, 'UserId'>;
export type WorkspaceId = Brand<string, 'WorkspaceId'>;
export type SessionId = Brand<string, 'SessionId'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether something is a UUID, in the one way in which ids are written here. */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

const RANDOM_BYTES = 8;

const bytes = Buffer.alloc(16);
/** Drawn for many ids at a time, because a draw costs more than all the rest. */
const random = Buffer.alloc(RANDOM_BYTES * 512);
let used = random.length;
let lastMillisecond = 0;
let sequence = 0;

/**
 * A UUID version 7 (RFC 9562, section 5.7): ordered by time, and within a millisecond by a 12-bit
 * counter (section 6.2, method 1), so that ids of one process sort in the order they were made.
 */
export function newId<Id extends string>(): Id {
  const now = Date.now();
  if (now > lastMillisecond) {
    lastMillisecond = now;
    sequence = 0;
  } else {
    sequence += 1;
    if (sequence > 0xfff) {
      lastMillisecond += 1;
      sequence = 0;
    }
  }
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  random.copy(bytes, 8, used, used + RANDOM_BYTES);
  used += RANDOM_BYTES;
  bytes.writeUIntBE(lastMillisecond, 0, 6);
  bytes.writeUInt16BE(0x7000 + sequence, 6);
  bytes.writeUInt8((bytes.readUInt8(8) % 0x40) + 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id;
}
