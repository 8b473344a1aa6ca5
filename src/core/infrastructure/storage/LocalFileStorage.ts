import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, opendir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileStorage, StoredFile } from '../../application/FileStorage';
import { assertKey, DRAFT } from './fileKey';

/** What it holds is for the server alone, whoever else has an account on the machine. */
const OWNER_ONLY = { folder: 0o700, file: 0o600 };

/** Files below `files` in the data folder. Nodes that share the folder share the files. */
export class LocalFileStorage implements FileStorage {
  private readonly root: string;

  constructor(dataDir: string) {
    this.root = join(dataDir, 'files');
  }

  async put(key: string, content: Readable): Promise<void> {
    const path = this.pathOf(key);
    await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY.folder });
    const draft = `${path}.${randomBytes(6).toString('hex')}${DRAFT}`;
    try {
      await pipeline(content, createWriteStream(draft, { flags: 'wx', mode: OWNER_ONLY.file, flush: true }));
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  async open(key: string): Promise<Readable | null> {
    const handle = await unlessMissing(open(this.pathOf(key), 'r'));
    return handle?.createReadStream() ?? null;
  }

  async stat(key: string): Promise<{ bytes: number } | null> {
    const found = await unlessMissing(stat(this.pathOf(key)));
    return found && { bytes: found.size };
  }

  async remove(key: string): Promise<void> {
    const path = this.pathOf(key);
    const drafts = `${basename(path)}.`;
    const siblings = (await unlessMissing(readdir(dirname(path)))) ?? [];
    for (const name of siblings.filter((each) => each.startsWith(drafts) && each.endsWith(DRAFT))) {
      await rm(join(dirname(path), name), { force: true });
    }
    await rm(path, { force: true });
  }

  async *list(folder: string): AsyncGenerator<StoredFile> {
    const entries = await unlessMissing(opendir(this.pathOf(folder), { recursive: true }));
    for await (const entry of entries ?? []) {
      const path = join(entry.parentPath, entry.name);
      const found = entry.isFile() && !entry.name.endsWith(DRAFT) ? await unlessMissing(stat(path)) : null;
      if (found) yield { key: relative(this.root, path).split(sep).join('/'), storedAt: found.mtime };
    }
  }

  /** There is nothing but this process between the disk and those who ask. */
  async downloadUrl(key: string): Promise<null> {
    assertKey(key);
    return null;
  }

  private pathOf(key: string): string {
    assertKey(key);
    return join(this.root, ...key.split('/'));
  }
}

async function unlessMissing<Result>(result: Promise<Result>): Promise<Result | null> {
  try {
    return await result;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
