import type { Readable } from 'node:stream';
import type { FileStorage } from '../../../core/application/FileStorage';
import type { WorkspaceId } from '../../../core/domain/Id';
import { UnavailableError } from '../../../core/errors/UnavailableError';
import { isShown } from '../domain/fileType';
import { fileKey } from '../domain/UploadedFile';
import type { FileView } from './FileQueries';

/** At a URL of the storage's own, or as a stream through this platform. */
export type Download =
  | { readonly url: string }
  | { readonly file: FileView; readonly inline: boolean; readonly open: () => Promise<Readable> };

/** Hands a file over: as what its content is, and for the disk unless it is a picture. */
export class DownloadFile {
  constructor(private readonly fileStorage: FileStorage) {}

  /** @throws UnavailableError when this node can't reach it */
  async execute(workspaceId: WorkspaceId, file: FileView): Promise<Download> {
    const key = fileKey(workspaceId, file.id);
    const inline = isShown(file.type);
    const url = await this.fileStorage.downloadUrl(key, { type: file.type, name: file.name, inline });
    if (url !== null) return { url };
    const kept = await this.fileStorage.stat(key);
    if (kept?.bytes !== file.bytes) throw outOfReach();
    const open = async (): Promise<Readable> => {
      const content = await this.fileStorage.open(key);
      if (!content) throw outOfReach();
      return content;
    };
    return { file, inline, open };
  }
}

/** With files on each node's own disk, another node may have it. */
function outOfReach(): UnavailableError {
  return new UnavailableError('The file can not be reached from here right now.');
}
