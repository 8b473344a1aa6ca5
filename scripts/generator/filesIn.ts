import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Files } from './Files';

/** All files of a folder, however deep, by their paths below `root`. */
export async function filesIn(root: string, folder: string): Promise<Files> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = paths.sort().map(async (path) => [relative(root, path), await readFile(path, 'utf8')] as const);
  return new Map(await Promise.all(read));
}
