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
   * Adds a file if those of its workspace take no more than `quota` bytes with it, whoever adds at the same time.
   * @returns whether it did
   */
  add(file: UploadedFile, quota: number): Promise<boolean>;
  /** @throws ConflictError when it was changed since it was read. */
  save(file: UploadedFile): Promise<void>;
  /** @throws ConflictError when it was changed since it was read. */
  remove(file: UploadedFile): Promise<void>;
}
