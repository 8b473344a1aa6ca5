import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder for a platform's data. As root, PostgreSQL runs as another user, who must be able to enter it. */
export async function dataFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'atrium-test-'));
  await chmod(path, 0o711);
  // The embedded server may be writing for a moment yet.
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 10 }) };
}
