import type { FileStorage } from '../../../core/application/FileStorage';
import type { JobTask } from '../../../core/application/JobQueue';
import { fileKey } from '../domain/UploadedFile';
import type { FileAddress } from './FileQueries';

export const REMOVE_CONTENT_JOB = 'file.remove-content';

/** What a file held goes once the file itself is gone for good. */
export class RemoveContent implements JobTask<FileAddress> {
  readonly name = REMOVE_CONTENT_JOB;

  constructor(private readonly fileStorage: FileStorage) {}

  run({ workspaceId, id }: FileAddress): Promise<void> {
    return this.fileStorage.remove(fileKey(workspaceId, id));
  }
}
