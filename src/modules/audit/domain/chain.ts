import { createHash } from 'node:crypto';

/** What stands before the first entry of a chain. */
export const NO_HASH = Buffer.alloc(32);

/**
 * The hash of an entry at its place: SHA-256 over the hash before it, its place in the chain, and its content. So none
 * can be changed, taken out, put in or moved without a change of every hash behind it.
 * @param content all that the entry says, as one text that is the same whenever it is read
 */
export function chainHash(previous: Buffer, position: number, content: string): Buffer {
  return createHash('sha256').update(previous).update(`${position}\n`).update(content).digest();
}

/** How far a chain goes, and the hash that stands for all of it. */
export interface ChainHead {
  readonly position: number;
  readonly hash: Buffer;
}

/** A place in a chain, and what stands there now. */
export interface ChainLink extends ChainHead {
  readonly entryId: string;
  /** Null when the entry is gone. */
  readonly content: string | null;
}

/**
 * - `changed`: the entry does not say what it said, or was moved
 * - `missing`: there is no entry at this place
 * - `inserted`: the entry has no place, though later ones have
 * - `cut`: the chain was longer when it was signed
 * - `rewritten`: the chain agrees with itself, but not with what was signed
 * - `unsigned`: the signed checkpoint is gone, or not signed with this platform's key
 */
export type Damage = 'changed' | 'missing' | 'inserted' | 'cut' | 'rewritten' | 'unsigned';

/** The first entry of an audit that is not as it was written. */
export interface BadEntry {
  /** Where it stands, or should stand, in the chain, from 1; null for one that has no place. */
  readonly position: number | null;
  readonly entryId: string | null;
  readonly damage: Damage;
}

/** What is wrong at the next place of a chain; null when nothing is. */
export function damageAt({ position, hash }: ChainHead, next: ChainLink): BadEntry | null {
  const expected = position + 1;
  if (next.position !== expected) return { position: expected, entryId: null, damage: 'missing' };
  if (next.content === null) return { position: expected, entryId: next.entryId, damage: 'missing' };
  if (chainHash(hash, expected, next.content).equals(next.hash)) return null;
  return { position: expected, entryId: next.entryId, damage: 'changed' };
}
