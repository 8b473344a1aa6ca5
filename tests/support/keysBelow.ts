import type { FileStorage } from '../../src/core/application/FileStorage';

/** The keys of all files in a folder of a storage, sorted. */
export async function keysBelow(storage: FileStorage, folder: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list(folder)) keys.push(key);
  return keys.sort();
}
