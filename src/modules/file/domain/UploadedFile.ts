import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import { fileDeleted, fileUploaded } from './events';
import type { FileId } from './FileId';
import type { FileName } from './FileName';

/** What is known of a file once it is whole. */
export interface FileContent {
  readonly type: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

export interface UploadedFileState {
  readonly id: FileId;
  readonly workspaceId: WorkspaceId;
  readonly name: FileName;
  readonly status: 'uploading' | 'ready';
  /** What it takes of the workspace's quota: while it is on its way, the most that it can become. */
  readonly bytes: number;
  /** Null while it is on its way. */
  readonly type: string | null;
  readonly sha256: string | null;
  /** A person, or an API key. */
  readonly uploadedBy: UserId;
  readonly createdAt: Date;
}

/** The most that one file has, in bytes. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;

/** Where the content of a file lies in the file storage. */
export const fileKey = (workspaceId: WorkspaceId, id: FileId): string => `workspaces/${workspaceId}/files/${id}`;

/** A file that somebody has brought into a workspace; what it is of says another table. */
export class UploadedFile extends AggregateRoot<UploadedFileState> {
  /** One that is on its way; nobody hears of it until it is there. */
  static expect(
    { workspaceId, userId }: WorkspaceActor,
    file: Pick<UploadedFileState, 'id' | 'name' | 'bytes'>,
    now: Date,
  ): UploadedFile {
    return new UploadedFile(
      { ...file, workspaceId, status: 'uploading', type: null, sha256: null, uploadedBy: userId, createdAt: now },
      0,
    );
  }

  static restore(state: UploadedFileState, version: number): UploadedFile {
    return new UploadedFile(state, version);
  }

  get isUploading(): boolean {
    return this.state.status === 'uploading';
  }

  /** All of it is there, attached to a task. */
  complete(content: FileContent, taskId: string, now: Date): void {
    const { id, name, workspaceId, uploadedBy, createdAt } = this.state;
    const { type, bytes, sha256 } = content;
    this.change({ ...content, status: 'ready' });
    const file = { id, taskId, name, type, bytes, sha256, uploadedBy, createdAt: createdAt.toISOString() };
    const context = { workspaceId, actorId: uploadedBy, at: now };
    this.record(fileUploaded(context, { file, taskId, name, contentType: type, bytes }));
  }

  /** Ends it; the repository's removal publishes that. By nobody: the task that it was attached to is gone. */
  delete({ by, taskId }: { by: UserId | null; taskId: string | null }, now: Date): void {
    const { id: fileId, name, bytes, workspaceId } = this.state;
    this.record(fileDeleted({ workspaceId, actorId: by, at: now }, { fileId, taskId, name, bytes }));
  }
}
