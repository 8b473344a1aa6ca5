import { readdir, readlink } from 'node:fs/promises';

/** How often this process has a file open. */
export async function openFiles(path: string): Promise<number> {
  const descriptors = await readdir('/proc/self/fd');
  const targets = await Promise.all(descriptors.map((each) => readlink(`/proc/self/fd/${each}`).catch(() => '')));
  return targets.filter((target) => target === path).length;
}
