import type { WorkspaceId } from '../../../core/domain/Id';
import type { FileId } from './FileId';
import type { UploadedFile } from './UploadedFile';

/** Files, and what those of a workspace take together. */
export interface FileRepository {
  /** Held against all others until the transaction ends. @throws NotFoundError */
  get(workspaceId: WorkspaceId, id: FileId): Promise<UploadedFile>;
  /** The same, or null. */
  find(workspaceId: WorkspaceId, id: FileId): Promise<UploadedFile | null>;
  /**
   * Adds a file; whoever adds another one waits until the transaction ends.
   * @returns the bytes that the files of its workspace take with it
   */
  add(file: UploadedFile): Promise<number>;
  /** @throws ConflictError when it was changed since it was read. */
  save(file: UploadedFile): Promise<void>;
  /** @throws ConflictError when it was changed since it was read. */
  remove(file: UploadedFile): Promise<void>;
}
