import type { Readable } from 'node:stream';
import { UnavailableError } from '../errors/UnavailableError';
import type { FileHeaders, FileStorage } from './FileStorage';

/** What is kept under a key, as its row knows it. */
export interface KeptContent {
  readonly key: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** Through this platform. */
export interface StreamedContent {
  readonly bytes: number;
  /** What tells it from any other content. */
  readonly tag: string;
  readonly open: () => Promise<Readable>;
}

/** At a URL of the storage's own, or as a stream. */
export type Download = { readonly url: string } | (StreamedContent & { readonly headers: FileHeaders });

/** Hands over what the file storage holds. */
export class Downloads {
  constructor(private readonly fileStorage: FileStorage) {}

  /** By the storage itself where it can. @throws UnavailableError when this node can't reach it */
  async of(content: KeptContent, headers: FileHeaders): Promise<Download> {
    const url = await this.fileStorage.downloadUrl(content.key, headers);
    return url === null ? { headers, ...(await this.stream(content)) } : { url };
  }

  /** Wherever it lies. @throws UnavailableError when this node can't reach it, now or when it is opened */
  async stream({ key, bytes, sha256 }: KeptContent): Promise<StreamedContent> {
    const found = await this.fileStorage.stat(key);
    if (found?.bytes !== bytes) throw outOfReach();
    const open = async (): Promise<Readable> => {
      const content = await this.fileStorage.open(key);
      if (!content) throw outOfReach();
      return content;
    };
    return { bytes, tag: sha256, open };
  }
}

/** With files on each node's own disk, another node may have it. */
function outOfReach(): UnavailableError {
  return new UnavailableError('The file can not be reached from here right now.');
}
