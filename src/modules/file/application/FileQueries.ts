import type { WorkspaceId } from '../../../core/domain/Id';
import type { FileId } from '../domain/FileId';
import type { FileContent, UploadedFileState } from '../domain/UploadedFile';

export type FileView = FileContent & Pick<UploadedFileState, 'id' | 'name' | 'uploadedBy' | 'createdAt'>;

/** Where a file is to be found. */
export interface FileAddress {
  readonly workspaceId: WorkspaceId;
  readonly id: FileId;
}

export interface FileQueries {
  /** In all workspaces, those that were attached to a task that is gone for good, so many at most. */
  unattached(most: number): Promise<FileAddress[]>;
  /** In all workspaces, those that are on their way since before. */
  unfinished(before: Date): Promise<FileAddress[]>;
  /** Of these, those that there are not. */
  unknown(addresses: readonly FileAddress[]): Promise<FileAddress[]>;
}
